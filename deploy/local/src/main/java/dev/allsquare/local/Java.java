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
   * Classes are read out of an archive, ready to use. The writer makes it when it ends in order and
   * there was none, or none for this JDK and these jars. Without it a start takes longer.
   */
  static List<String> classesFrom(Path archive, boolean writer) {
    String file = "-XX:SharedArchiveFile=" + archive;
    return writer ? List.of("-XX:+AutoCreateSharedArchive", file) : List.of("-Xshare:auto", file);
  }

  static String program() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
