// The runtime for processors comes with onnxruntime-node. Its install script then downloads, from elsewhere, the one
// for graphics cards (200 MB), which Mooring doesn't use, and fails the installation where it can't. It calls this first.
exports.bootstrap = () => {
  process.env.ONNXRUNTIME_NODE_INSTALL = 'skip';
};
