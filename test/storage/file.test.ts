import { describeStore } from '../contract/store.js';
import { fileFactory } from '../support/files.js';

describeStore('files', fileFactory());
