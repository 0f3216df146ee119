// A multilayer perceptron forward and backward, in one call each. The network is described by a block of 32-bit
// integers that src/network/mlp.ts writes; the offsets here and there must agree.
import { activate, multiplyByDerivative } from "./activation";
import { narrowForward, narrowSourceGradient, narrowWeightGradient, transpose } from "./narrow";
import { pack, packTransposed } from "./pack";
import { multiplyColumns, multiplyRows } from "./product";
import { addColumnSums } from "./vector";

// The head of the description, in bytes.
const LAYERS: usize = 0;
const ACTIVATION: usize = 4;
/** Two buffers of [BLOCK, widest hidden layer] for gradients on their way back. */
const DELTA: usize = 8;
const OTHER_DELTA: usize = 12;
/** Room for a tile of 6 × 8. */
const TILE: usize = 16;
/** Eight zeros. */
const ZEROS: usize = 20;
const OUTPUT_GRADIENT: usize = 24;
/** Where the layers' descriptions start, and how far apart they are. */
const FIRST_LAYER: usize = 64;
const LAYER_BYTES: usize = 64;

// A layer's description, in bytes.
const INPUTS: usize = 0;
const OUTPUTS: usize = 4;
const WEIGHTS: usize = 8;
const BIASES: usize = 12;
const WEIGHT_GRADIENT: usize = 16;
const BIAS_GRADIENT: usize = 20;
const SOURCE: usize = 24;
const TARGET: usize = 28;
/** Room for the weights in panels, or 0 where they are read where they lie. */
const PANELS: usize = 32;
/** Room for the transposed weights in panels, or 0 in the first layer and where the outputs are few. */
const TRANSPOSED: usize = 36;
/** Room for the gradients of a block of outputs in panels, or 0 where they are read where they lie. */
const GRADIENT_PANELS: usize = 40;
/** Room for 8 columns of a block of sources, or 0 where they are read where they lie. */
const SOURCE_COLUMNS: usize = 44;
/** In layers of up to four outputs: room for the weights transposed, and as much again. Else 0. */
const NARROW: usize = 48;

/** Rows that go through all layers together, so that what one layer writes is still near when the next reads it. */
const BLOCK: i32 = 96;

function address(description: usize, field: usize): usize {
  return <usize>load<u32>(description + field);
}

function count(description: usize, field: usize): i32 {
  return load<i32>(description + field);
}

function layerOf(network: usize, index: i32): usize {
  return network + FIRST_LAYER + <usize>index * LAYER_BYTES;
}

export function forward(network: usize, rows: i32): void {
  let layers = count(network, LAYERS);
  for (let index = 0; index < layers; index++) {
    let layer = layerOf(network, index);
    let panels = address(layer, PANELS);
    let narrow = address(layer, NARROW);
    let weights = address(layer, WEIGHTS);
    if (panels != 0) pack(weights, count(layer, INPUTS), count(layer, OUTPUTS), panels);
    if (narrow != 0) transpose(weights, count(layer, INPUTS), count(layer, OUTPUTS), narrow);
  }
  for (let row = 0; row < rows; row += BLOCK) {
    for (let index = 0; index < layers; index++) {
      forwardLayer(network, index, row, min(BLOCK, rows - row));
    }
  }
}

function forwardLayer(network: usize, index: i32, row: i32, rows: i32): void {
  let layer = layerOf(network, index);
  let inputs = count(layer, INPUTS);
  let outputs = count(layer, OUTPUTS);
  let sourceRow = (<usize>inputs) << 2;
  let targetRow = (<usize>outputs) << 2;
  let source = address(layer, SOURCE) + <usize>row * sourceRow;
  let target = address(layer, TARGET) + <usize>row * targetRow;
  let narrow = address(layer, NARROW);
  if (narrow != 0) {
    narrowForward(source, rows, inputs, narrow, address(layer, BIASES), outputs, target);
  } else {
    let panels = address(layer, PANELS);
    let packed = panels != 0;
    multiplyRows(
      source,
      sourceRow,
      rows,
      inputs,
      packed ? panels : address(layer, WEIGHTS),
      packed ? 32 : targetRow,
      packed ? (<usize>inputs) << 5 : 32,
      outputs,
      address(layer, BIASES),
      32,
      target,
      targetRow,
      address(network, TILE),
    );
  }
  if (index + 1 < count(network, LAYERS)) activate(count(network, ACTIVATION), target, rows * outputs);
}

export function backward(network: usize, rows: i32): void {
  let layers = count(network, LAYERS);
  for (let index = 1; index < layers; index++) {
    let layer = layerOf(network, index);
    let panels = address(layer, TRANSPOSED);
    if (panels != 0) packTransposed(address(layer, WEIGHTS), count(layer, OUTPUTS), count(layer, INPUTS), panels);
  }
  for (let row = 0; row < rows; row += BLOCK) {
    let outputs = <usize>count(layerOf(network, layers - 1), OUTPUTS);
    let gradient = address(network, OUTPUT_GRADIENT) + ((<usize>row * outputs) << 2);
    let next = address(network, DELTA);
    let afterNext = address(network, OTHER_DELTA);
    for (let index = layers - 1; index >= 0; index--) {
      backwardLayer(network, index, row, min(BLOCK, rows - row), gradient, next);
      gradient = next;
      next = afterNext;
      afterNext = gradient;
    }
  }
}

/** Adds to one layer's gradients, and writes the gradient of what its sources were before their activation. */
function backwardLayer(network: usize, index: i32, row: i32, rows: i32, gradient: usize, sourceGradient: usize): void {
  let layer = layerOf(network, index);
  let inputs = count(layer, INPUTS);
  let outputs = count(layer, OUTPUTS);
  let sourceRow = (<usize>inputs) << 2;
  let targetRow = (<usize>outputs) << 2;
  let source = address(layer, SOURCE) + <usize>row * sourceRow;
  let weightGradient = address(layer, WEIGHT_GRADIENT);
  let tile = address(network, TILE);
  addColumnSums(address(layer, BIAS_GRADIENT), gradient, rows, outputs);
  let narrow = address(layer, NARROW);
  if (narrow != 0) {
    // What forward put there are the same weights still.
    let sums = narrow + <usize>outputs * sourceRow;
    narrowWeightGradient(source, rows, inputs, gradient, outputs, weightGradient, sums, tile);
    if (index == 0) return;
    narrowSourceGradient(gradient, rows, outputs, narrow, inputs, sourceGradient);
  } else {
    let gradientPanels = address(layer, GRADIENT_PANELS);
    let packed = gradientPanels != 0;
    if (packed) pack(gradient, rows, outputs, gradientPanels);
    multiplyColumns(
      source,
      sourceRow,
      inputs,
      rows,
      packed ? gradientPanels : gradient,
      packed ? 32 : targetRow,
      packed ? (<usize>rows) << 5 : 32,
      outputs,
      weightGradient,
      targetRow,
      tile,
      address(layer, SOURCE_COLUMNS),
    );
    if (index == 0) return;
    multiplyRows(
      gradient,
      targetRow,
      rows,
      outputs,
      address(layer, TRANSPOSED),
      32,
      (<usize>outputs) << 5,
      inputs,
      address(network, ZEROS),
      0,
      sourceGradient,
      sourceRow,
      tile,
    );
  }
  multiplyByDerivative(count(network, ACTIVATION), sourceGradient, source, rows * inputs);
}
