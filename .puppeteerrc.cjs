// The browser comes from @sparticuz/chromium (a registry package), never from a download at install time.
module.exports = { skipDownload: true };
