import { readControllerTimes } from './__testUtils__/controllerTimes';
import { read } from './__testUtils__/read';
it('bench', () => {
  const cs = readControllerTimes().filter(c => c.zone && !c.schedule.includes('TZ')).map(c => ({ ...c, s: read(c.schedule, c.zone) }));
  for (const round of [0, 1]) {
    const tn: number[] = [], tp: number[] = []; const slow: any[] = [];
    for (const c of cs) {
      let t = process.cpuUsage().user/1000; c.s.next(c.after); tn.push(process.cpuUsage().user/1000 - t);
      t = process.cpuUsage().user/1000; c.s.previous(c.after); const d = process.cpuUsage().user/1000 - t; tp.push(d); if (d > 3) slow.push([d.toFixed(1), c.schedule, c.zone, c.after.toISOString()]);
    }
    for (const a of [tn, tp]) { a.sort((x, y) => x - y); console.log(round, 'median', a[a.length >> 1], 'p99', a[Math.floor(a.length * .99)], 'max', a[a.length - 1], 'mean', a.reduce((x,y)=>x+y)/a.length); }
    console.log(slow.length, slow.slice(0,25).map(x=>x.join(' ')).join('\n'));
  }
});
