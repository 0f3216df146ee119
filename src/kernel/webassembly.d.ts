// The part of the WebAssembly interface that this project uses. TypeScript ships it only with the types of a browser.
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBufferLike;
  }
  const Memory: {
    prototype: Memory;
    new (descriptor: { initial: number; maximum?: number; shared?: boolean }): Memory;
  };

  interface Module {
    // Modules have no members; this keeps TypeScript from taking any object for one.
    readonly [Symbol.toStringTag]: string;
  }
  const Module: {
    prototype: Module;
    new (bytes: Uint8Array): Module;
  };

  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  const Instance: {
    prototype: Instance;
    new (module: Module, imports?: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Instance;
  };

  function validate(bytes: Uint8Array): boolean;
}
