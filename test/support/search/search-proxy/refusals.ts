/** How MongoDB refuses search, by what kind of server it is. Its own words, codes and names. */

export type ServerKind = 'ATLAS' | 'COMMUNITY_8' | 'COMMUNITY_7' | 'ENTERPRISE_7' | 'SERVER_6';

/** An error as a server sends it. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    readonly codeName: string,
    message: string,
  ) {
    super(message);
  }
}

type Asked = '$vectorSearch' | '$listSearchIndexes' | 'createSearchIndexes' | 'updateSearchIndex' | 'dropSearchIndex';

const CONNECT =
  'requires additional configuration. Please connect to Atlas or an AtlasCLI local deployment to enable.For more ' +
  'information on how to connect, see https://dochub.mongodb.org/core/atlas-cli-deploy-local-reqs.';

/** What a server without search answers; null where a 7.0 Enterprise lists no indexes instead. */
export function refusalOf(kind: Exclude<ServerKind, 'ATLAS'>, asked: Asked): Refusal | null {
  const isStage = asked.startsWith('$');
  const unknownCommand = new Refusal(59, 'CommandNotFound', `no such command: '${asked}'`);
  switch (kind) {
    case 'COMMUNITY_8': {
      const what =
        asked === '$vectorSearch'
          ? 'Using $search and $vectorSearch aggregation stages'
          : 'Using Atlas Search Database Commands and the $listSearchIndexes aggregation stage';
      return new Refusal(31_082, 'SearchNotEnabled', `${what} ${CONNECT}`);
    }
    case 'COMMUNITY_7':
      return isStage ? onlyOnAtlas(asked) : unknownCommand;
    case 'ENTERPRISE_7':
      if (asked === '$listSearchIndexes') return null;
      return isStage
        ? onlyOnAtlas(asked)
        : new Refusal(115, 'CommandNotSupported', 'Search index commands are only supported with Atlas.');
    case 'SERVER_6':
      return isStage
        ? new Refusal(40_324, 'Location40324', `Unrecognized pipeline stage name: '${asked}'`)
        : unknownCommand;
  }
}

function onlyOnAtlas(stage: string): Refusal {
  return new Refusal(6_047_401, 'Location6047401', `${stage} stage is only allowed on MongoDB Atlas`);
}

/** What the search process answers: without a code of its own, so a driver sees this one. */
export function fromSearch(message: string): Refusal {
  return new Refusal(8, 'UnknownError', `PlanExecutor error during aggregation :: caused by :: ${message}`);
}
