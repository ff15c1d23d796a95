import { describeStore } from '../contract/store.js';
import { sqliteFactory } from '../support/sqlite.js';

describeStore('SQLite', sqliteFactory());
