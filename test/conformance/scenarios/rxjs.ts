import { createRequire } from 'node:module'
import type * as Rx from 'rxjs'

/** Pipelines over cold and hot sources, with errors, time and completion, a CommonJS package. */
export async function run(): Promise<unknown> {
  const rx = createRequire(import.meta.url)('rxjs') as typeof Rx
  const log: unknown[] = []
  const to = (name: string): Rx.Observer<unknown> => ({
    next: (value) => log.push([name, value]),
    error: (error: unknown) => log.push([name, String(error)]),
    complete: () => log.push([name, 'done']),
  })
  rx.range(1, 20)
    .pipe(
      rx.filter((n) => n % 2 === 0),
      rx.map((n) => n * n),
      rx.scan((sum, n) => sum + n, 0),
      rx.bufferCount(3),
      rx.mergeMap((list) => rx.from(list).pipe(rx.take(2))),
      rx.distinctUntilChanged(),
      rx.withLatestFrom(rx.of('x')),
      rx.groupBy(([n]) => n % 3),
      rx.concatMap((group) => group.pipe(rx.count())),
    )
    .subscribe(to('range'))
  const subject = new rx.BehaviorSubject(0)
  const replay = new rx.ReplaySubject<number>(2)
  subject.pipe(rx.skip(1), rx.share(), rx.tap(replay)).subscribe(to('subject'))
  for (const n of [1, 2, 3]) subject.next(n)
  replay.subscribe(to('replay'))
  rx.throwError(() => new Error('boom'))
    .pipe(
      rx.retry(2),
      rx.catchError((error) => rx.of(String(error))),
    )
    .subscribe(to('retry'))
  rx.defer(() => {
    throw new Error('deferred')
  }).subscribe(to('defer'))
  rx.zip(rx.of(1, 2), rx.of('a', 'b'))
    .pipe(rx.finalize(() => log.push('finalized')))
    .subscribe(to('zip'))
  rx.combineLatest({ a: rx.of(1), b: rx.of(2, 3) }).subscribe(to('latest'))
  await rx.lastValueFrom(
    rx.timer(0, 1).pipe(
      rx.take(3),
      rx.switchMap((n) => rx.of(n).pipe(rx.delay(0))),
      rx.toArray(),
    ),
  )
  log.push(await rx.lastValueFrom(rx.interval(1).pipe(rx.take(2), rx.toArray())))
  await rx.firstValueFrom(rx.EMPTY).catch((error: unknown) => log.push(String(error)))
  subject.complete()
  const names = Object.entries(rx).map(([name, value]) =>
    typeof value === 'function' ? `${name} ${value.name} ${value.length}` : name,
  )
  return { log, names }
}
