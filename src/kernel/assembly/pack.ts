// Copies a matrix into panels of 8 columns, each panel [k, 8] without gaps, in the order in which tiles read them.

/** Panels of b[k, n]. Columns past n are whatever follows in memory: nobody stores what is computed from them. */
export function pack(b: usize, k: i32, n: i32, panels: usize): void {
  for (let column = 0; column < n; column += 8) {
    packPanel(b + ((<usize>column) << 2), (<usize>n) << 2, k, panels);
    panels += (<usize>k) << 5;
  }
}

/** One panel: 8 columns of k rows that are `stride` bytes apart. */
export function packPanel(from: usize, stride: usize, k: i32, panel: usize): void {
  for (; k > 0; k--) {
    v128.store(panel, v128.load(from));
    v128.store(panel, v128.load(from, 16), 16);
    from += stride;
    panel += 32;
  }
}

/** Panels of bᵀ[k, n], where b is [n, k]. Columns past n repeat the last one. */
export function packTransposed(b: usize, k: i32, n: i32, panels: usize): void {
  let stride = (<usize>k) << 2;
  let last = b + <usize>(n - 1) * stride;
  for (let column = 0; column < n; column += 4) {
    let from0 = b + <usize>column * stride;
    let from1 = min(from0 + stride, last);
    let from2 = min(from1 + stride, last);
    let from3 = min(from2 + stride, last);
    // Two groups of four columns share a panel; the second starts in the middle of it.
    let to = panels + ((((<usize>column) >> 3) * <usize>k) << 5) + (((<usize>column) & 4) << 2);
    let row = 0;
    for (; row + 4 <= k; row += 4) {
      let at = (<usize>row) << 2;
      let row0 = v128.load(from0 + at);
      let row1 = v128.load(from1 + at);
      let row2 = v128.load(from2 + at);
      let row3 = v128.load(from3 + at);
      let low01 = v128.shuffle<f32>(row0, row1, 0, 4, 1, 5);
      let high01 = v128.shuffle<f32>(row0, row1, 2, 6, 3, 7);
      let low23 = v128.shuffle<f32>(row2, row3, 0, 4, 1, 5);
      let high23 = v128.shuffle<f32>(row2, row3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
      v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
      v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
      to += 128;
    }
    for (; row < k; row++) {
      let at = (<usize>row) << 2;
      store<f32>(to, load<f32>(from0 + at));
      store<f32>(to, load<f32>(from1 + at), 4);
      store<f32>(to, load<f32>(from2 + at), 8);
      store<f32>(to, load<f32>(from3 + at), 12);
      to += 32;
    }
  }
}
