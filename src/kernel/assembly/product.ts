// Matrix products in tiles of 6 or 4 rows by 8 columns. A tile's sums stay in registers (12 of the 16 that x86 has;
// two more hold the panel's row and one the factor), so that each step of k loads 8 vectors for 12 multiplications.
//
// All matrices are row-major float32. A step of b's k is `bStep` bytes and its panels of 8 columns are `bPanel` bytes
// apart, so that a small matrix is read where it lies and a large one from packed panels (pack.ts). The last panel may
// be read up to 28 bytes past a row's end: what comes from there lands in columns that are never stored.
//
// The loops over k are not unrolled: by four, the engine's register allocator spills, and 64×64×64 falls from 52 to 46
// GFLOP/s (with one core's peak near 56).
import { packPanel } from "./pack";
import { fill, multiplyAdd } from "./vector";

/** c[m, n] = a[m, k] · b[k, n] + start[n], where `start` is the address of the bias. `tile` has room for 6 × 8. */
export function multiplyRows(
  a: usize,
  aRow: usize,
  m: i32,
  k: i32,
  b: usize,
  bStep: usize,
  bPanel: usize,
  n: i32,
  start: usize,
  startStep: usize,
  c: usize,
  cRow: usize,
  tile: usize,
): void {
  let row = 0;
  while (row < m) {
    let height = tileHeight(m - row);
    let stored = min(height, m - row);
    let from = a + <usize>row * aRow;
    let to = c + <usize>row * cRow;
    let lastRow = a + <usize>(m - 1) * aRow;
    let panel = b;
    let bias = start;
    for (let column = 0; column < n; column += 8) {
      let whole = stored == height && column + 8 <= n;
      let target = whole ? to : tile;
      let targetRow: usize = whole ? cRow : 32;
      if (height == 6) rowTile6(from, aRow, lastRow, panel, bStep, k, bias, target, targetRow);
      else rowTile4(from, aRow, lastRow, panel, bStep, k, bias, target, targetRow);
      if (!whole) copyTile(tile, to, cRow, stored, min(8, n - column));
      panel += bPanel;
      bias += startStep;
      to += 32;
    }
    row += height;
  }
}

/**
 * c[m, n] += aᵀ[m, k] · b[k, n], where a is [k, m]. `tile` has room for 6 × 8. `columns` has room for [k, 8], to which
 * each tile's columns of a are copied, or is 0 where a has rows so short that they are read where they lie.
 */
export function multiplyColumns(
  a: usize,
  aRow: usize,
  m: i32,
  k: i32,
  b: usize,
  bStep: usize,
  bPanel: usize,
  n: i32,
  c: usize,
  cRow: usize,
  tile: usize,
  columns: usize,
): void {
  let row = 0;
  let packed = columns != 0;
  while (row < m) {
    let height = tileHeight(m - row);
    let stored = min(height, m - row);
    let from = a + ((<usize>row) << 2);
    if (packed) packPanel(from, aRow, k, columns);
    let to = c + <usize>row * cRow;
    let panel = b;
    for (let column = 0; column < n; column += 8) {
      let whole = stored == height && column + 8 <= n;
      if (!whole) fill(tile, 48, 0);
      let target = whole ? to : tile;
      let targetRow: usize = whole ? cRow : 32;
      if (height == 6) columnTile6(packed ? columns : from, packed ? 32 : aRow, panel, bStep, k, target, targetRow);
      else columnTile4(packed ? columns : from, packed ? 32 : aRow, panel, bStep, k, target, targetRow);
      if (!whole) addTile(tile, to, cRow, stored, min(8, n - column));
      panel += bPanel;
      to += 32;
    }
    row += height;
  }
}

/** Rows of the next tile when `left` remain: sixes, and fours where that wastes less at the end. */
function tileHeight(left: i32): i32 {
  return left == 4 || left == 8 || left < 4 ? 4 : 6;
}

function copyTile(tile: usize, c: usize, cRow: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      store<f32>(c + ((<usize>column) << 2), load<f32>(tile + ((<usize>column) << 2)));
    }
    tile += 32;
    c += cRow;
  }
}

function addTile(tile: usize, c: usize, cRow: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let at = c + ((<usize>column) << 2);
      store<f32>(at, load<f32>(at) + load<f32>(tile + ((<usize>column) << 2)));
    }
    tile += 32;
    c += cRow;
  }
}

function addTo(c: usize, value: v128): void {
  v128.store(c, f32x4.add(v128.load(c), value));
}

/** c[6, 8] = a[6, k] · b[k, 8] + start[8], where rows of a past `lastRow` repeat it. */
function rowTile6(
  a: usize,
  aRow: usize,
  lastRow: usize,
  b: usize,
  bStep: usize,
  k: i32,
  start: usize,
  c: usize,
  cRow: usize,
): void {
  let a0 = a;
  let a1 = min(a0 + aRow, lastRow);
  let a2 = min(a1 + aRow, lastRow);
  let a3 = min(a2 + aRow, lastRow);
  let a4 = min(a3 + aRow, lastRow);
  let a5 = min(a4 + aRow, lastRow);
  let left0 = v128.load(start);
  let right0 = v128.load(start, 16);
  let left1 = left0;
  let right1 = right0;
  let left2 = left0;
  let right2 = right0;
  let left3 = left0;
  let right3 = right0;
  let left4 = left0;
  let right4 = right0;
  let left5 = left0;
  let right5 = right0;
  for (; k > 0; k--) {
    let p = v128.load(b);
    let q = v128.load(b, 16);
    let s0 = v128.load32_splat(a0);
    left0 = multiplyAdd(s0, p, left0);
    right0 = multiplyAdd(s0, q, right0);
    a0 += 4;
    let s1 = v128.load32_splat(a1);
    left1 = multiplyAdd(s1, p, left1);
    right1 = multiplyAdd(s1, q, right1);
    a1 += 4;
    let s2 = v128.load32_splat(a2);
    left2 = multiplyAdd(s2, p, left2);
    right2 = multiplyAdd(s2, q, right2);
    a2 += 4;
    let s3 = v128.load32_splat(a3);
    left3 = multiplyAdd(s3, p, left3);
    right3 = multiplyAdd(s3, q, right3);
    a3 += 4;
    let s4 = v128.load32_splat(a4);
    left4 = multiplyAdd(s4, p, left4);
    right4 = multiplyAdd(s4, q, right4);
    a4 += 4;
    let s5 = v128.load32_splat(a5);
    left5 = multiplyAdd(s5, p, left5);
    right5 = multiplyAdd(s5, q, right5);
    a5 += 4;
    b += bStep;
  }
  v128.store(c, left0);
  v128.store(c, right0, 16);
  c += cRow;
  v128.store(c, left1);
  v128.store(c, right1, 16);
  c += cRow;
  v128.store(c, left2);
  v128.store(c, right2, 16);
  c += cRow;
  v128.store(c, left3);
  v128.store(c, right3, 16);
  c += cRow;
  v128.store(c, left4);
  v128.store(c, right4, 16);
  c += cRow;
  v128.store(c, left5);
  v128.store(c, right5, 16);
}

/** c[4, 8] = a[4, k] · b[k, 8] + start[8], where rows of a past `lastRow` repeat it. */
function rowTile4(
  a: usize,
  aRow: usize,
  lastRow: usize,
  b: usize,
  bStep: usize,
  k: i32,
  start: usize,
  c: usize,
  cRow: usize,
): void {
  let a0 = a;
  let a1 = min(a0 + aRow, lastRow);
  let a2 = min(a1 + aRow, lastRow);
  let a3 = min(a2 + aRow, lastRow);
  let left0 = v128.load(start);
  let right0 = v128.load(start, 16);
  let left1 = left0;
  let right1 = right0;
  let left2 = left0;
  let right2 = right0;
  let left3 = left0;
  let right3 = right0;
  for (; k > 0; k--) {
    let p = v128.load(b);
    let q = v128.load(b, 16);
    let s0 = v128.load32_splat(a0);
    left0 = multiplyAdd(s0, p, left0);
    right0 = multiplyAdd(s0, q, right0);
    a0 += 4;
    let s1 = v128.load32_splat(a1);
    left1 = multiplyAdd(s1, p, left1);
    right1 = multiplyAdd(s1, q, right1);
    a1 += 4;
    let s2 = v128.load32_splat(a2);
    left2 = multiplyAdd(s2, p, left2);
    right2 = multiplyAdd(s2, q, right2);
    a2 += 4;
    let s3 = v128.load32_splat(a3);
    left3 = multiplyAdd(s3, p, left3);
    right3 = multiplyAdd(s3, q, right3);
    a3 += 4;
    b += bStep;
  }
  v128.store(c, left0);
  v128.store(c, right0, 16);
  c += cRow;
  v128.store(c, left1);
  v128.store(c, right1, 16);
  c += cRow;
  v128.store(c, left2);
  v128.store(c, right2, 16);
  c += cRow;
  v128.store(c, left3);
  v128.store(c, right3, 16);
}

/** c[6, 8] += aᵀ[6, k] · b[k, 8] */
function columnTile6(a: usize, aStep: usize, b: usize, bStep: usize, k: i32, c: usize, cRow: usize): void {
  let left0 = f32x4.splat(0);
  let right0 = f32x4.splat(0);
  let left1 = f32x4.splat(0);
  let right1 = f32x4.splat(0);
  let left2 = f32x4.splat(0);
  let right2 = f32x4.splat(0);
  let left3 = f32x4.splat(0);
  let right3 = f32x4.splat(0);
  let left4 = f32x4.splat(0);
  let right4 = f32x4.splat(0);
  let left5 = f32x4.splat(0);
  let right5 = f32x4.splat(0);
  for (; k > 0; k--) {
    let p = v128.load(b);
    let q = v128.load(b, 16);
    let s0 = v128.load32_splat(a);
    left0 = multiplyAdd(s0, p, left0);
    right0 = multiplyAdd(s0, q, right0);
    let s1 = v128.load32_splat(a, 4);
    left1 = multiplyAdd(s1, p, left1);
    right1 = multiplyAdd(s1, q, right1);
    let s2 = v128.load32_splat(a, 8);
    left2 = multiplyAdd(s2, p, left2);
    right2 = multiplyAdd(s2, q, right2);
    let s3 = v128.load32_splat(a, 12);
    left3 = multiplyAdd(s3, p, left3);
    right3 = multiplyAdd(s3, q, right3);
    let s4 = v128.load32_splat(a, 16);
    left4 = multiplyAdd(s4, p, left4);
    right4 = multiplyAdd(s4, q, right4);
    let s5 = v128.load32_splat(a, 20);
    left5 = multiplyAdd(s5, p, left5);
    right5 = multiplyAdd(s5, q, right5);
    a += aStep;
    b += bStep;
  }
  addTo(c, left0);
  addTo(c + 16, right0);
  c += cRow;
  addTo(c, left1);
  addTo(c + 16, right1);
  c += cRow;
  addTo(c, left2);
  addTo(c + 16, right2);
  c += cRow;
  addTo(c, left3);
  addTo(c + 16, right3);
  c += cRow;
  addTo(c, left4);
  addTo(c + 16, right4);
  c += cRow;
  addTo(c, left5);
  addTo(c + 16, right5);
}

/** c[4, 8] += aᵀ[4, k] · b[k, 8] */
function columnTile4(a: usize, aStep: usize, b: usize, bStep: usize, k: i32, c: usize, cRow: usize): void {
  let left0 = f32x4.splat(0);
  let right0 = f32x4.splat(0);
  let left1 = f32x4.splat(0);
  let right1 = f32x4.splat(0);
  let left2 = f32x4.splat(0);
  let right2 = f32x4.splat(0);
  let left3 = f32x4.splat(0);
  let right3 = f32x4.splat(0);
  for (; k > 0; k--) {
    let p = v128.load(b);
    let q = v128.load(b, 16);
    let s0 = v128.load32_splat(a);
    left0 = multiplyAdd(s0, p, left0);
    right0 = multiplyAdd(s0, q, right0);
    let s1 = v128.load32_splat(a, 4);
    left1 = multiplyAdd(s1, p, left1);
    right1 = multiplyAdd(s1, q, right1);
    let s2 = v128.load32_splat(a, 8);
    left2 = multiplyAdd(s2, p, left2);
    right2 = multiplyAdd(s2, q, right2);
    let s3 = v128.load32_splat(a, 12);
    left3 = multiplyAdd(s3, p, left3);
    right3 = multiplyAdd(s3, q, right3);
    a += aStep;
    b += bStep;
  }
  addTo(c, left0);
  addTo(c + 16, right0);
  c += cRow;
  addTo(c, left1);
  addTo(c + 16, right1);
  c += cRow;
  addTo(c, left2);
  addTo(c + 16, right2);
  c += cRow;
  addTo(c, left3);
  addTo(c + 16, right3);
}
