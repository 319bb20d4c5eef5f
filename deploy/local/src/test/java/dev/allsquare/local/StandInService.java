package dev.allsquare.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Takes the place of a service where a test is about processes only: is ready, and answers every
 * request with its arguments. Asked for {@code /crash}, it ends as a broken program does.
 */
public final class StandInService {

  private StandInService() {}

  /** Listens on the two ports that the topology gives it. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("stand-in starts");
    for (String option : new String[] {"--server.port=", "--management.server.port="}) {
      listen(Integer.parseInt(value(option, arguments)), String.join(" ", arguments));
    }
  }

  /** Puts it where the build puts the real services. */
  static void buildInto(Path home) throws IOException {
    for (var kind : ServiceKind.values()) {
      Path target = home.resolve(kind.serviceName()).resolve("target");
      Files.createDirectories(target);
      write(target.resolve(kind.serviceName() + "-1-SNAPSHOT.jar"));
    }
    Files.createDirectories(home.resolve("deploy/local"));
    Files.createSymbolicLink(
        home.resolve("deploy/local/target"), Home.find().resolve("deploy/local/target"));
  }

  private static void write(Path jar) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInService.class.getName());
    String file = StandInService.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        var entries = new JarOutputStream(out, manifest);
        var in = StandInService.class.getClassLoader().getResourceAsStream(file)) {
      entries.putNextEntry(new JarEntry(file));
      if (in == null) {
        throw new IOException("there is no " + file);
      }
      in.transferTo(entries);
    }
  }

  private static void listen(int port, String answer) throws IOException {
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/crash")) {
            System.out.println("stand-in crashes");
            Runtime.getRuntime().halt(1);
          }
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  private static String value(String option, String[] arguments) {
    return Arrays.stream(arguments)
        .filter(argument -> argument.startsWith(option))
        .findFirst()
        .orElseThrow()
        .substring(option.length());
  }
}
