package dev.allsquare.console;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Makes HTML of templates. */
final class Pages {

  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  private final SpringTemplateEngine engine = new SpringTemplateEngine();
  private final String service;

  Pages(String service) {
    this.service = service;
    var templates = new ClassLoaderTemplateResolver(Pages.class.getClassLoader());
    templates.setPrefix("console/pages/");
    templates.setSuffix(".html");
    templates.setTemplateMode(TemplateMode.HTML);
    templates.setCharacterEncoding("UTF-8");
    engine.setTemplateResolver(templates);
  }

  ResponseEntity<String> page(
      String page, HttpServletRequest request, Map<String, ? extends @Nullable Object> model) {
    return page(HttpStatus.OK, page, request, model);
  }

  ResponseEntity<String> page(
      HttpStatus status,
      String page,
      HttpServletRequest request,
      Map<String, ? extends @Nullable Object> model) {
    var all = new HashMap<String, @Nullable Object>(model);
    all.put("page", page);
    all.put("service", service);
    all.put("words", new Words());
    all.put(ConsoleGuard.TOKEN, request.getAttribute(ConsoleGuard.TOKEN));
    return html(status, engine.process("layout", context(all)));
  }

  /** A part of a page that is fetched again and again. */
  ResponseEntity<String> part(String page, Map<String, ? extends @Nullable Object> model) {
    var all = new HashMap<String, @Nullable Object>(model);
    all.put("words", new Words());
    return html(HttpStatus.OK, engine.process(page, Set.of("live"), context(all)));
  }

  static ResponseEntity<String> seeOther(String path) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path)).build();
  }

  private static Context context(Map<String, @Nullable Object> model) {
    var context = new Context(Locale.ENGLISH);
    model.forEach(context::setVariable);
    return context;
  }

  private static ResponseEntity<String> html(HttpStatus status, String html) {
    return ResponseEntity.status(status).contentType(HTML).body(html);
  }
}
