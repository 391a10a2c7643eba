import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
  {
    ignores: [
      'build/',
      'data/',
      'test-results/',
      '.svelte-kit/',
      'src/lib/i18n/paraglide/',
      'src/lib/i18n/project.inlang/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  svelte.configs.prettier,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      // TypeScript knows every name; this rule does not know types and runes.
      'no-undef': 'off',
      // A `type` where a union may come, an `interface` where somebody prefers one.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A union that grows must be noticed wherever it is told apart; a default would hide it.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // An async function may answer a promise it did not have to await, for an interface's sake.
      '@typescript-eslint/require-await': 'off',
      'max-lines': ['error', { max: 250 }],
      eqeqeq: 'error',
      'no-eval': 'error',
    },
  },
  {
    // A component is a smaller room than a module.
    files: ['**/*.svelte'],
    rules: { 'max-lines': ['error', { max: 200 }] },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // Content reaches the page as data, never as markup (S6).
      'svelte/no-at-html-tags': 'error',
      // dependency-cruiser cannot see type imports in components, so this stands in for it.
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^#server/|/(server|content|tests)/', message: 'src knows no server.' },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "SvelteAttribute[key.name='style'] > SvelteLiteral",
          message: 'The CSP refuses style attributes: use a class, or style:name={value}.',
        },
      ],
      'svelte/no-target-blank': 'error',
      'svelte/button-has-type': 'error',
      // There are no stores here, only runes; looking for them takes seconds of type checking.
      'svelte/require-store-reactive-access': 'off',
      // The app is always served from the root of its origin.
      'svelte/no-navigation-without-resolve': 'off',
      // Needs types, and components are linted without (below).
      'svelte/no-unused-props': 'off',
    },
  },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // An assertion about a value that must be there fails the test just as well.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Components: svelte-check sees their types. Here each of them would make TypeScript look at the whole
    // program anew, which took two thirds of the time of a lint run.
    files: ['**/*.js', '**/*.svelte'],
    extends: [ts.configs.disableTypeChecked],
  },
);
