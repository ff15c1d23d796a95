import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { doApart } from '../../../src/storage/sqlite/connection.js';

describe('work that shares a transaction', () => {
  let db: Database.Database;
  beforeEach(() => {
    db = new Database(':memory:');
    db.exec('create table kept (value text); begin immediate');
  });
  afterEach(() => {
    db.close();
  });

  const insert = (value: string) => db.prepare('insert into kept values (?)').run(value);
  const kept = () => db.prepare('select value from kept').pluck().all();
  const failing = (value: string) => {
    insert(value);
    throw new Error(`no ${value}`);
  };

  it('is undone alone when it fails', () => {
    expect(doApart(db, true, insert, 'first')).toHaveProperty('value');
    expect(doApart(db, true, failing, 'second')).toEqual({ error: new Error('no second') });
    expect(doApart(db, true, insert, 'third')).toHaveProperty('value');
    db.exec('commit');
    expect(kept()).toEqual(['first', 'third']);
  });

  it('ends all of it when it can’t be undone alone', () => {
    doApart(db, true, insert, 'first');
    const released = (value: string) => {
      db.exec('release one');
      return failing(value);
    };
    expect(() => doApart(db, true, released, 'second')).toThrow('no such savepoint');
  });

  it('ends all of it when it ended the transaction', () => {
    const ended = (value: string) => {
      db.exec('rollback');
      throw new Error(`no ${value}`);
    };
    expect(() => doApart(db, true, ended, 'first')).toThrow('no first');
  });
});
