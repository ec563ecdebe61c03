// Opens sessions, forgets them, and reads one byte behind a buffer. Run
// stripped, so that the tools print addresses only.
//
// Truth: net::Pool<Session>::take loses 2 sessions of 64 bytes (line 20, called
// by net::open in line 33): 128 bytes in 2 blocks, definitely lost. net::check
// reads 1 byte behind 16 (line 39); the buffer is taken in line 47.

struct Session {
	long id;
	char state[56];
};

namespace net {

template <class Item>
class Pool {
public:
	__attribute__((noinline)) Item *take(long id)
	{
		Item *item = new Item;
		item->id = id;
		last = item;
		return item;
	}

private:
	Item *volatile last = nullptr;
};

__attribute__((noinline)) long open(Pool<Session> &pool, long id)
{
	// Twice the same call: two blocks of one loss record.
	Session *session = pool.take(id);
	return session->id;
}

__attribute__((noinline)) char check(const char *buffer, int length)
{
	return buffer[length];
}

} // namespace net

int main()
{
	net::Pool<Session> pool;
	char *buffer = new char[16]();
	long opened = 0;

	for (long id = 1; id <= 2; id++)
		opened += net::open(pool, id);
	opened += net::check(buffer, 16);
	delete[] buffer;
	pool = net::Pool<Session>();
	return opened == 0;
}
