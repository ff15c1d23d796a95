import { describe } from 'vitest';
import { describeRestored } from '../contract/store-restored.js';
import { fileFactory } from '../support/files/files.js';
import { freshDatabase, mongoUnavailable, sharedMongo } from '../support/mongodb/mongodb.js';
import { mongoFactory } from '../support/mongodb/stores.js';
import { checkingOut, replacing, restoringDocuments, restoringInto } from '../support/restored.js';
import { sqliteFactory } from '../support/sqlite.js';

describeRestored('SQLite', restoringInto(sqliteFactory()));
describeRestored('SQLite, where another file is put', replacing(sqliteFactory({ withReader: true })));
describeRestored('files', checkingOut(fileFactory()));
describe.skipIf(mongoUnavailable)('on a MongoDB server', () => {
  if (mongoUnavailable) return;
  const database = freshDatabase();
  describeRestored('MongoDB', restoringDocuments(mongoFactory(sharedMongo(), database), sharedMongo(), database));
});
