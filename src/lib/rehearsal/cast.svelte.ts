/** The simulated people of one rehearsal, all of them in this tab. */
import { lookUp } from '$lib/seat/join.ts';
import { Person, type World } from './person.svelte.ts';
import { personStore, type Plan, type TabStore } from './plan.ts';

/** From one person's arrival to the next, ms; a large crowd comes faster. */
const APART_MS = 400;
const ALL_IN_MS = 9000;

export class Cast {
  readonly #world: World;
  readonly #store: TabStore | null;
  #plan: Plan;
  #people = $state.raw<Person[]>([]);

  private constructor(world: Omit<World, 'crowd'>, plan: Plan, store: TabStore | null) {
    this.#world = { ...world, crowd: () => this.#plan };
    this.#plan = plan;
    this.#store = store;
    this.follow(plan);
  }

  /**
   * @param code of the room
   * @returns null when the server says that the room is no rehearsal, or does not answer
   */
  static async enter(
    code: string,
    plan: Plan,
    store: TabStore | null,
    taskOf: World['taskOf'],
  ): Promise<Cast | null> {
    const room = await lookUp(code);
    return room.ok && room.rehearsal ? new Cast({ room, taskOf }, plan, store) : null;
  }

  /** How many are in the room. */
  get present(): number {
    return this.#people.filter((person) => person.present).length;
  }

  /** Another number comes or goes; another tendency shows in what is asked from now on. */
  follow(plan: Plan): void {
    this.#plan = plan;
    const wanted = plan.on ? plan.count : 0;
    const before = this.#people;
    for (const person of before.slice(wanted)) person.leave();
    const more = Math.max(0, wanted - before.length);
    const apart = Math.min(APART_MS, ALL_IN_MS / Math.max(1, more));
    const added = Array.from({ length: more }, (_, index) => {
      const nth = before.length + index;
      const store = personStore(this.#store, this.#world.room.code, nth);
      const person = new Person(this.#world, nth, store);
      person.enter((index + Math.random()) * apart);
      return person;
    });
    this.#people = [...before.slice(0, wanted), ...added];
  }

  close(): void {
    for (const person of this.#people) person.leave();
    this.#people = [];
  }
}
