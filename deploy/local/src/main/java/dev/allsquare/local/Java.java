package dev.allsquare.local;

import java.nio.file.Path;
import java.util.List;

/** The JVM that runs us also runs what we start. */
final class Java {

  /**
   * The optimising compiler starts six times later than usual: several programs that start at once
   * on two cores would spend a fifth of their start-up on it. What is really hot is compiled all
   * the same.
   */
  static final List<String> COMPILE_LATER =
      List.of(
          "-XX:Tier4InvocationThreshold=30000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=60000",
          "-XX:Tier4BackEdgeThreshold=200000");

  private Java() {}

  /**
   * Classes are read out of an archive, ready to use, which saves a third of a start. The first JVM
   * that ends in order writes it, and so does each later one for which it is no good: another JDK,
   * other jars. Without it a start is slow, and nothing worse.
   */
  static List<String> classesFrom(Path archive) {
    return List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive);
  }

  static String program() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
