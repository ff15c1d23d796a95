import { describeStore } from '../../contract/store.js';
import { describeMoving } from '../../contract/store-moving.js';
import { fileFactory } from '../../support/files/files.js';

describeStore('files', fileFactory());
describeMoving('files', fileFactory());
