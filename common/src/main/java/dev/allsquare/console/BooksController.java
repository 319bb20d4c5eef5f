package dev.allsquare.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.allsquare.console.Shown.Consistency;
import dev.allsquare.console.Shown.Definitions;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows whether the books agree, the sagas as they are written, and what pages are made of. */
@RestController
final class BooksController {

  /** What one check says. */
  record Panel(String name, @Nullable Consistency verdict, @Nullable String trouble) {}

  private record Asset(String path, String type) {}

  private static final Map<String, Asset> ASSETS =
      Map.of(
          "console.css", new Asset("console/assets/console.css", "text/css;charset=UTF-8"),
          "console.js", new Asset("console/assets/console.js", "text/javascript;charset=UTF-8"),
          "icon.svg", new Asset("console/assets/icon.svg", "image/svg+xml"));

  private final Pages pages;
  private final Services services;
  private final String htmx;

  BooksController(Pages pages, Services services, String htmx) {
    this.pages = pages;
    this.services = services;
    this.htmx = htmx;
  }

  @GetMapping("/console/reconciliation")
  ResponseEntity<String> reconciliation(HttpServletRequest request) {
    var panels = new ArrayList<Panel>();
    panels.add(panel("Orders, payments and reservations", services.own(), "/participants?days=1"));
    services.all().forEach(port -> panels.add(panel(port.service(), port, "?days=1")));
    return pages.page("reconciliation", request, Map.of("panels", panels));
  }

  private static Panel panel(String name, ManagementPort port, String more) {
    var verdict = port.get("consistency" + more, Consistency.class);
    return new Panel(name, verdict.orNull(), verdict.trouble());
  }

  @GetMapping("/console/definitions")
  ResponseEntity<String> definitions(HttpServletRequest request) {
    var found = services.own().get("sagas/definitions", Definitions.class);
    var all = found.orNull();
    var model = new HashMap<String, @Nullable Object>();
    model.put("definitions", all == null ? List.of() : all.items());
    model.put("trouble", found.trouble());
    return pages.page("definitions", request, model);
  }

  @GetMapping("/console/assets/{name}")
  ResponseEntity<String> asset(@PathVariable String name) throws IOException {
    var asset =
        name.equals("htmx.js")
            ? new Asset(htmx, "text/javascript;charset=UTF-8")
            : ASSETS.get(name);
    if (asset == null) {
      return ResponseEntity.notFound().build();
    }
    var text = new ClassPathResource(asset.path()).getContentAsString(UTF_8);
    return ResponseEntity.ok()
        .header("Content-Type", asset.type())
        .header("Cache-Control", "private, max-age=300")
        .body(text);
  }
}
