package dev.allsquare.console;

import dev.allsquare.console.Shown.DeadLetter;
import dev.allsquare.console.Shown.DeadLetters;
import dev.allsquare.console.Shown.Nothing;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the dead letters of all services, and deals with them. */
@RestController("consoleDeadLetters")
@RequestMapping("/console/deadletters")
final class DeadLettersController {

  /** What one service has. */
  record Panel(String service, @Nullable DeadLetters letters, @Nullable String trouble) {}

  private final Pages pages;
  private final Services services;

  DeadLettersController(Pages pages, Services services) {
    this.pages = pages;
    this.services = services;
  }

  @GetMapping
  ResponseEntity<String> list(HttpServletRequest request) {
    var panels =
        services.all().stream()
            .map(
                port -> {
                  var letters = port.get("deadletters?limit=50", DeadLetters.class);
                  return new Panel(port.service(), letters.orNull(), letters.trouble());
                })
            .toList();
    return pages.page("deadletters", request, Map.of("panels", panels));
  }

  @GetMapping("/{service}/{seq}")
  ResponseEntity<String> show(
      HttpServletRequest request, @PathVariable String service, @PathVariable long seq) {
    return show(HttpStatus.OK, request, service, seq, null);
  }

  @PostMapping("/{service}/{seq}/{deed:redrive|discard}")
  ResponseEntity<String> deal(
      HttpServletRequest request,
      @PathVariable String service,
      @PathVariable long seq,
      @PathVariable String deed,
      @RequestParam String actor,
      @RequestParam String why) {
    var port = services.find(service).orElse(null);
    if (port == null) {
      return unknown(request, "There is no service " + service + ".");
    }
    var body = Map.of("actor", actor, "reason", why);
    return switch (port.post("deadletters/" + seq + "/" + deed, body, Nothing.class)) {
      case Answer.Given<Nothing> _ -> Pages.seeOther("/console/deadletters");
      case Answer.Refused<Nothing>(int status, var detail) ->
          show(HttpStatus.valueOf(status), request, service, seq, "Nothing was done. " + detail);
      case Answer.Silence<Nothing>(var detail) ->
          show(HttpStatus.BAD_GATEWAY, request, service, seq, detail);
    };
  }

  private ResponseEntity<String> show(
      HttpStatus status,
      HttpServletRequest request,
      String service,
      long seq,
      @Nullable String trouble) {
    var port = services.find(service).orElse(null);
    if (port == null) {
      return unknown(request, "There is no service " + service + ".");
    }
    var found = port.get("deadletters/" + seq, DeadLetter.class);
    if (!(found instanceof Answer.Given<DeadLetter>(var letter))) {
      return unknown(request, "There is no dead letter " + seq + ", or not any more.");
    }
    var model = new HashMap<String, @Nullable Object>();
    model.put("at", service);
    model.put("letter", letter);
    model.put("trouble", trouble);
    return pages.page(status, "deadletter", request, model);
  }

  private ResponseEntity<String> unknown(HttpServletRequest request, String why) {
    return pages.page(HttpStatus.NOT_FOUND, "refused", request, Map.of("why", why));
  }
}
