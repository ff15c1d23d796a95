import { it } from 'vitest';
import { createMongoConnection } from '../../src/storage/mongodb/connection/connection.js';
import { createMongoStore } from '../../src/storage/mongodb/store.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../support/mongodb/mongodb.js';
import { mongoSettings } from '../support/mongodb/stores.js';
import { runSuites } from '../support/sign-in/suites.js';

const databases: string[] = [];
const connections: ReturnType<typeof createMongoConnection>[] = [];

// The catalog is in SQLite; what signing in asks of its store, one in MongoDB does as well.
if (mongoUnavailable) it.skip(`the library's suites over MongoDB (skipped: ${mongoUnavailable})`, () => undefined);
else {
  await runSuites(
    async (collections) => {
      const database = freshDatabase();
      databases.push(database);
      const connection = createMongoConnection({ settings: mongoSettings(sharedMongo(), database) });
      connections.push(connection);
      return createMongoStore({ connection, projectId: 'catalog', collections, create: { epoch: 1 } });
    },
    async () => {
      for (const connection of connections) await connection.close();
      for (const database of databases) await dropDatabase(database);
    },
  );
}
