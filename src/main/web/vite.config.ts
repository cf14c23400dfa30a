import tailwindcss from '@tailwindcss/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Tells the service worker which files this build consists of. */
const shellFiles: Plugin = {
  name: 'shell-files',
  generateBundle(_options, bundle) {
    const files = Object.keys(bundle)
      .filter((name) => name.startsWith('assets/'))
      .map((name) => `/${name}`);
    const worker = bundle['sw.js'];
    if (worker?.type === 'chunk') {
      const all = [...files, '/icon.svg', '/manifest.webmanifest'].sort();
      worker.code = worker.code.replaceAll('SHELL_FILES', JSON.stringify(all));
    }
  },
};

const server = process.env.PARLEY_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [tailwindcss(), shellFiles],
  // SockJS asks for the `global` of Node.
  define: { global: 'globalThis' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: {
      react: 'preact/compat',
      'react-dom': 'preact/compat',
      'react/jsx-runtime': 'preact/jsx-runtime',
    },
  },
  build: {
    target: 'es2022',
    // A strict content security policy knows no data: scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    rolldownOptions: {
      input: ['index.html', 'src/sw/sw.ts'],
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/eventbus': { target: server, ws: true },
    },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node', restoreMocks: true },
});
