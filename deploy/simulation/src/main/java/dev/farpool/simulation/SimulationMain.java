package dev.farpool.simulation;
public final class SimulationMain {
  public static void main(String[] a) {
    long from = Long.parseLong(a[0]); long to = Long.parseLong(a[1]);
    long t0 = System.nanoTime(); long events=0; int bad=0; double hours=0;
    for (long s = from; s < to; s++) {
      Verdict v = new Simulation(ScenarioMaker.make(s, null)).run();
      events += v.events(); hours += v.virtualNanos()/3.6e12;
      if (!v.isFine()) { bad++; if (a.length > 2) System.out.println(v.report()); else System.out.println(s+" "+v.scenario().profile()+" ev="+v.events()+" "+v.violation().toString().substring(0, Math.min(400, v.violation().toString().length()))); }
    }
    double sec=(System.nanoTime()-t0)/1e9;
    System.out.printf("%d bad, %d events, %.1f s, %.0f ev/s, %.1f seeds/s %.1f h%n", bad, events, sec, events/sec, (to-from)/sec, hours);
  }
}
