import { describe } from 'vitest';
import { describeStore } from '../../contract/store.js';
import { describeMoving } from '../../contract/store-moving.js';
import { cases } from '../../support/extent.js';
import { freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { mongoFactory } from '../../support/mongodb/stores.js';

describe.skipIf(mongoUnavailable)('on a MongoDB server', () => {
  if (mongoUnavailable) return;
  for (const isOld of cases([false], [true])) {
    const name = isOld ? 'MongoDB before 8.0' : 'MongoDB';
    describeStore(name, mongoFactory(sharedMongo(), freshDatabase(), { isOld }));
    describeMoving(name, mongoFactory(sharedMongo(), freshDatabase(), { isOld }));
  }
});
