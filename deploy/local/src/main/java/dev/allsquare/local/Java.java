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
   * Classes are read out of an archive, ready to use, which saves a third of a start. The writer,
   * when it ends in order, makes it, and makes it anew when it was no good: another JDK, other
   * jars. Without it a start is slow, and nothing worse.
   */
  static List<String> classesFrom(Path archive, boolean writer) {
    String file = "-XX:SharedArchiveFile=" + archive;
    return writer ? List.of("-XX:+AutoCreateSharedArchive", file) : List.of("-Xshare:auto", file);
  }

  static String program() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
