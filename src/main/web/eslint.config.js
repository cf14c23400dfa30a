import tseslint from 'typescript-eslint';

/** Which folder may import which: the client knows nobody, the state knows the client, the views know both. */
const arrows = [
  { files: ['src/client/**'], forbidden: ['**/state/**', '**/views/**', 'preact*', '@preact/*'] },
  { files: ['src/state/**'], forbidden: ['**/views/**', 'preact', 'preact/*'] },
].map(({ files, forbidden }) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: forbidden }] },
}));

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'eslint.config.js', 'scripts'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    rules: {
      'max-lines': ['error', { max: 300 }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
          message: 'Text becomes elements, never markup.',
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/views/**'],
    rules: {
      'max-lines': ['error', { max: 200 }],
      'no-restricted-globals': ['error', 'fetch', 'WebSocket', 'indexedDB'],
    },
  },
  {
    files: ['test/**'],
    rules: {
      'max-lines': ['error', { max: 500 }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  ...arrows,
);
