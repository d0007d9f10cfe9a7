package dev.daybook.boot.admin;

import dev.daybook.boot.role.SoftwareVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Describes the API as OpenAPI 3, read off the methods that serve it, so that it cannot be wrong about what there is. */
@RestController
class OpenApiController {
    static final String PATH = "/api/v1/openapi.json";

    private final RequestMappingHandlerMapping mapping;

    OpenApiController(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    @Summary("This description.")
    @GetMapping(PATH)
    Map<String, Object> describe() {
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        mapping.getHandlerMethods().forEach((info, handler) -> add(paths, info, handler));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.0.3");
        document.put("info", Map.of("title", "Daybook bookie", "version", SoftwareVersion.text()));
        document.put(
                "components", Map.of("securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer"))));
        document.put("security", List.of(Map.of("token", List.of())));
        document.put("paths", paths);
        return document;
    }

    private static void add(Map<String, Map<String, Object>> paths, RequestMappingInfo info, HandlerMethod handler) {
        if (!handler.getBeanType().getName().startsWith("dev.daybook.")) {
            return; // What Spring serves itself.
        }
        for (String path : info.getPatternValues()) {
            for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                paths.computeIfAbsent(path, first -> new TreeMap<>())
                        .put(method.name().toLowerCase(Locale.ROOT), operation(path, method, handler));
            }
        }
    }

    private static Map<String, Object> operation(String path, RequestMethod method, HandlerMethod handler) {
        Map<String, Object> operation = new LinkedHashMap<>();
        Summary summary = handler.getMethodAnnotation(Summary.class);
        operation.put("operationId", method.name().toLowerCase(Locale.ROOT) + path.replaceAll("[^A-Za-z0-9]+", "_"));
        operation.put("summary", summary == null ? handler.getMethod().getName() : summary.value());
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            add(parameters, operation, parameter);
        }
        operation.put("parameters", parameters);
        operation.put("responses", Map.of("default", Map.of("description", "See the module's README.")));
        return operation;
    }

    private static void add(
            List<Map<String, Object>> parameters, Map<String, Object> operation, MethodParameter parameter) {
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        PathVariable part = parameter.getParameterAnnotation(PathVariable.class);
        if (query != null) {
            parameters.add(Map.of("name", query.name(), "in", "query", "schema", schema(parameter)));
        } else if (part != null) {
            parameters.add(Map.of("name", part.value(), "in", "path", "required", true, "schema", schema(parameter)));
        } else if (parameter.hasParameterAnnotation(RequestBody.class)) {
            operation.put(
                    "requestBody",
                    Map.of("content", Map.of("application/json", Map.of("schema", Map.of("type", "object")))));
        }
    }

    private static Map<String, Object> schema(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        if (type == long.class || type == int.class || type == Long.class || type == Integer.class) {
            return Map.of("type", "integer", "format", "int64");
        }
        return Map.of("type", type == boolean.class ? "boolean" : "string");
    }
}
