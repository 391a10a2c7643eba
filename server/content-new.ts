/** `npm run content:new -- my-workshop`: a small workshop that runs as it is, to change into one's own. */
import { access, cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { id as nameSchema } from '#slides/kind.ts';
import { contentDirs } from './config.ts';
import { ContentError, loadContent } from './content.ts';

const TEMPLATE = fileURLToPath(new URL('./content/template', import.meta.url));
const USAGE = 'npm run content:new -- my-workshop';

const [name, ...more] = process.argv.slice(2);
const dirs = contentDirs(process.env.CONTENT_DIR);
// The last folder is one's own, where there are several.
const dir = dirs.at(-1) ?? './content';

const problem = await problemWith(name, more);
if (problem === null && name !== undefined) await make(join(dir, name), name);
else stop(problem ?? USAGE);

async function problemWith(given: string | undefined, rest: string[]): Promise<string | null> {
  if (given === undefined || rest.length > 0)
    return `Give the new workshop one name, in lower-case words joined by dashes:\n\n    ${USAGE}`;
  if (!nameSchema.safeParse(given).success)
    return `"${given}" cannot be the name of a workshop: it needs lower-case words joined by dashes, such as my-workshop, at most 60 characters.`;
  // In any of them: two workshops of one name keep the server from starting.
  for (const folder of dirs.map((each) => join(each, given)))
    if (await exists(folder))
      return `${folder} is there already. Choose another name, or remove that folder first.`;
  return null;
}

async function make(folder: string, given: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await cp(TEMPLATE, folder, { recursive: true, errorOnExist: true, force: false });
  const head = join(folder, 'en', 'workshop.yaml');
  console.log(`Made ${folder}: a workshop of twelve steps that runs as it is.

  1. Begin with ${head}: the title, the two poles, the plans.
  2. Change the steps beside it. Comments in the files say what each field is for.
  3. npm run content:check   points at file, line and field of what is not right yet
  4. npm start               shows it on the start page; press Rehearse to see every result
`);
  await warn(given);
}

/** An old fault elsewhere would keep the server from starting: better said now. */
async function warn(given: string): Promise<void> {
  try {
    await loadContent(dirs);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    console.error(`${given} is fine, but something beside it is not:\n\n${error.message}`);
    process.exitCode = 1;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function stop(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
