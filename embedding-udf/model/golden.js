// Makes the reference of GoldenNetworkIT: what TensorFlow.js's own interpreter gives for the published network on a
// picture made by a formula. Not part of any build; to make it again:
//   npm install --prefix /tmp/golden --ignore-scripts @tensorflow/tfjs@4.22.0 @vladmandic/human@3.3.6
//   NODE_PATH=/tmp/golden/node_modules node embedding-udf/model/golden.js \
//     > embedding-udf/src/test/resources/io/andon/embedding/tensorflow/centernet-tfjs.golden.json
const fs = require('fs');
const path = require('path');
const tf = require('@tensorflow/tfjs');

const width = 96;
const height = 64;
const nodes = {
  stride8: 'tower_0/MobilenetV3/expanded_conv_5/add',
  stride16: 'tower_0/MobilenetV3/expanded_conv_11/add',
  stride32: 'tower_0/extern1/hard_swish/mul_1',
};

function pixels() {
  const values = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        const value = x * (3 + c) + y * (5 - c) + ((x >> 4) ^ (y >> 4)) * (37 + 11 * c);
        values[(y * width + x) * 3 + c] = value % 256;
      }
    }
  }
  return tf.tensor4d(values, [1, height, width, 3]);
}

async function network() {
  const models = path.join(process.env.NODE_PATH, '@vladmandic/human/models');
  const json = JSON.parse(fs.readFileSync(path.join(models, 'centernet.json')));
  const weights = fs.readFileSync(path.join(models, 'centernet.bin'));
  // The published file fixes the size to 512 x 512, which the backbone does not need.
  json.modelTopology.node.filter((n) => n.op === 'Placeholder').forEach((n) => delete n.attr.shape);
  return tf.loadGraphModel({
    load: async () => ({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
      weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length),
      format: json.format,
    }),
  });
}

async function main() {
  console.warn = console.log = () => {};
  await tf.setBackend('cpu');
  const model = await network();
  const [stride8, stride16, stride32] = model.execute({ 'tower_0/images': pixels() }, Object.values(nodes));
  const outputs = { stride8, stride16, pooled: stride32.mean([1, 2]) };
  const golden = { tool: '@tensorflow/tfjs 4.22.0, cpu backend', picture: { width, height }, outputs: {} };
  for (const [name, tensor] of Object.entries(outputs)) {
    const values = Array.from(tensor.dataSync(), (v) => Number(v.toPrecision(7)));
    golden.outputs[name] = { shape: tensor.shape, values };
  }
  process.stdout.write(JSON.stringify(golden) + '\n');
}

main();
