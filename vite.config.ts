// Builds the page into assets/web, whence the server serves it. Everything is bundled: the page asks no other host.
import { defineConfig } from "vite";

export default defineConfig({
  root: "web",
  base: "/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../assets/web",
    emptyOutDir: true,
    target: "es2022",
    // Inlined files become data: addresses, which the content security policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // three.js is one chunk of about half a megabyte, loaded after the first paint.
    chunkSizeWarningLimit: 800,
  },
  worker: {
    format: "es",
    // The thread with the physics lies in a folder of its own, which the server lets do what the page may not.
    rolldownOptions: {
      // MuJoCo's loader imports it where it runs in Node, and nowhere else.
      external: ["module"],
      output: { entryFileNames: "physics/[name]-[hash].js", chunkFileNames: "physics/[name]-[hash].js" },
    },
  },
});
