import { describe } from 'vitest';
import { describeStore } from '../contract/store.js';
import { describeMoving } from '../contract/store-moving.js';
import { freshDatabase, mongoUnavailable, sharedMongo } from '../support/mongodb.js';
import { mongoFactory } from '../support/mongodb-stores.js';

describe.skipIf(mongoUnavailable)('on a MongoDB server', () => {
  if (mongoUnavailable) return;
  describeStore('MongoDB', mongoFactory(sharedMongo(), freshDatabase()));
  describeMoving('MongoDB', mongoFactory(sharedMongo(), freshDatabase()));
  describeStore('MongoDB before 8.0', mongoFactory(sharedMongo(), freshDatabase(), { isOld: true }));
  describeMoving('MongoDB before 8.0', mongoFactory(sharedMongo(), freshDatabase(), { isOld: true }));
});
