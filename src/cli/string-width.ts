/** In the place of the package of this name, which parsers of command lines ask thousands of times for what --help prints. */
export { displayWidth as default } from './display-width.js';
