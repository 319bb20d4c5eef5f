package dev.allsquare.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Refuses NUL and half surrogate pairs in paths and queries, as bodies are refused for them. */
final class CleanQuery implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getQueryString() != null) {
      request
          .getParameterMap()
          .forEach(
              (name, values) -> {
                requireClean(name);
                for (String value : values) {
                  requireClean(value);
                }
              });
    }
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
        instanceof Map<?, ?> variables) {
      variables.values().forEach(value -> requireClean(String.valueOf(value)));
    }
    return true;
  }

  private static void requireClean(String text) {
    if (!Texts.isClean(text)) {
      throw new Problem(
          HttpStatus.BAD_REQUEST, "invalid-parameter", "A parameter holds a NUL character.");
    }
  }
}
