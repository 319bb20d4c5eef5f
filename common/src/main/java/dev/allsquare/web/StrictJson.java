package dev.allsquare.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * How HTTP bodies are read: nothing is guessed, dropped or converted, so that a caller's mistake is
 * told instead of stored. Messages are read with Boot's own mapper, which ignores unknown fields:
 * between our services they are how an upgrade begins.
 */
final class StrictJson {

  private StrictJson() {}

  static JsonMapper from(JsonMapper lenient) {
    return lenient
        .rebuild()
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .withCoercionConfig(LogicalType.Textual, StrictJson::textOnly)
        .withCoercionConfig(LogicalType.Enum, StrictJson::namesOnly)
        .changeDefaultPropertyInclusion(StrictJson::withoutNulls)
        .addModule(
            new SimpleModule("clean text")
                .addDeserializer(String.class, new CleanText())
                .addKeyDeserializer(String.class, new CleanKey()))
        .build();
  }

  static JsonInclude.Value withoutNulls(JsonInclude.Value standard) {
    return standard
        .withValueInclusion(JsonInclude.Include.NON_NULL)
        .withContentInclusion(JsonInclude.Include.NON_NULL);
  }

  private static void textOnly(MutableCoercionConfig config) {
    config
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  private static void namesOnly(MutableCoercionConfig config) {
    config
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
  }

  private static final class CleanText extends StringDeserializer {
    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
      String text = super.deserialize(parser, context);
      if (text != null && !Texts.isClean(text)) {
        throw context.weirdStringException(text, String.class, "unclean");
      }
      return text;
    }
  }

  private static final class CleanKey extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      if (!Texts.isClean(key)) {
        throw context.weirdStringException(key, String.class, "unclean");
      }
      return key;
    }
  }
}
