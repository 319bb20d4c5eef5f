package dev.allsquare.benchmarks;

import dev.allsquare.benchmarks.kit.Verdict;
import java.util.List;

/** Some variants that are measured on one set of servers. */
interface Benchmark extends AutoCloseable {

  String name();

  List<Variant> variants();

  Verdict measure(Variant variant);

  @Override
  void close();
}
