/** `npm run content:check [dir]`: what is installed, or everything that is wrong with it. */
import { contentDirs } from './config.ts';
import { ContentError, loadContent, workshopFor, type Installed } from './content.ts';

const dirs = contentDirs(process.argv[2] ?? process.env.CONTENT_DIR);

try {
  const installed = await loadContent(dirs);
  for (const workshop of installed) report(workshop, installed);
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  const { length } = error.problems;
  console.error(
    `${error.message}\n\n${length} ${length === 1 ? 'problem' : 'problems'} in ${dirs.join(', ')}`,
  );
  process.exitCode = 1;
}

function report({ id, languages }: Installed, installed: readonly Installed[]): void {
  for (const { language, title, plans } of languages.values()) {
    console.log(`${id} (${language}): ${title}`);
    for (const plan of plans) {
      const steps = workshopFor(installed, id, language, plan.id)?.steps ?? [];
      const budget = steps.reduce((sum, step) => sum + step.minutes, 0);
      console.log(
        `  ${plan.id}: ${plan.minutes} minutes, ${steps.length} steps of ${budget} minutes`,
      );
    }
  }
}
