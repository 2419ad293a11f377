import type { Session } from './adapter.ts';

/** The sessions of an open warehouse, which ends those that are left when it is closed. */
export class OpenSessions {
  readonly #open = new Set<Session>();

  /** Keeps a session until it is closed. What is handed out is nothing but a session, whatever else the warehouse's own can do. */
  add(session: Session): Session {
    this.#open.add(session);
    return {
      execute: (sql, options) => session.execute(sql, options),
      begin: () => session.begin(),
      commit: () => session.commit(),
      rollback: () => session.rollback(),
      cancel: () => session.cancel(),
      load: (rows) => session.load(rows),
      close: () => {
        this.#open.delete(session);
        return session.close();
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((session) => session.close()));
    this.#open.clear();
  }
}
