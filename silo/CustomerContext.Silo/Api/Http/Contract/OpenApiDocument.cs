using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerContext.Silo.Api.Calls;
using Google.Api;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CustomerContext.Silo.Api.Http.Contract;

/// <summary>
/// An OpenAPI 3.1 document of the methods that <c>google.api.http</c> opens to JSON. Names, types and comments are those of the contract; who may call is that of <see cref="CallTable"/>.
/// </summary>
internal sealed partial class OpenApiDocument
{
    private const string Token = "token";
    private const string Json = "application/json";
    private const string About =
        "What can be called by JSON over HTTP. Made from the contract, whose proto files are beside this document. A message is written in its standard JSON form; a field that it does not have is refused. "
        + "Consent is decided over gRPC.";

    private readonly OpenApiSchemas _schemas = new();
    private readonly JsonObject _paths = [];
    private readonly JsonArray _tags = [];

    private OpenApiDocument()
    {
    }

    /// <summary>The document of these files.</summary>
    public static JsonObject Of(IEnumerable<FileDescriptor> files)
    {
        var document = new OpenApiDocument();
        foreach (var service in files.SelectMany(file => file.Services))
        {
            document.Add(service);
        }

        return document.Whole();
    }

    private void Add(ServiceDescriptor service)
    {
        var open = service.Methods.Where(method => method.GetOptions()?.HasExtension(AnnotationsExtensions.Http) == true).ToArray();
        foreach (var method in open)
        {
            var (verb, path) = Binding(method);
            _paths[path] = new JsonObject { [verb] = Operation(method, verb == "get", path) };
        }

        if (open.Length > 0)
        {
            _tags.Add(new JsonObject { ["name"] = service.Name, ["description"] = Comments.Of(service.Declaration) });
        }
    }

    /// <summary>The verb and the path of a method. The contract has no others than these two.</summary>
    private static (string Verb, string Path) Binding(MethodDescriptor method) => method.GetOptions().GetExtension(AnnotationsExtensions.Http) switch
    {
        { PatternCase: HttpRule.PatternOneofCase.Get } rule => ("get", rule.Get),
        { PatternCase: HttpRule.PatternOneofCase.Post, Body: "*" } rule => ("post", rule.Post),
        _ => throw new InvalidOperationException($"{method.FullName} is bound in a way that the document does not know."),
    };

    private JsonObject Operation(MethodDescriptor method, bool isGet, string path)
    {
        var comment = Comments.Of(method.Declaration);
        var operation = new JsonObject
        {
            ["operationId"] = $"{method.Service.Name}_{method.Name}",
            ["tags"] = new JsonArray(method.Service.Name),
            ["summary"] = comment.Split(". ")[0].TrimEnd('.'),
            ["description"] = comment,
            ["security"] = Security(method),
            ["responses"] = new JsonObject
            {
                ["200"] = Answer("The answer.", _schemas.Of(method.OutputType)),
                ["default"] = Answer("A refusal; its HTTP status is that of its code, and Retry-After says when to try again, where that is known.", _schemas.Status()),
            },
        };
        if (isGet)
        {
            operation["parameters"] = new JsonArray([.. method.InputType.Fields.InDeclarationOrder().Select(field => Parameter(field, path))]);
        }
        else
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(_schemas.Of(method.InputType)) };
        }

        return operation;
    }

    private JsonObject Parameter(FieldDescriptor field, string path)
    {
        var isInPath = PathFields().Matches(path).Any(match => match.Groups[1].Value == field.Name);
        return new JsonObject
        {
            ["name"] = isInPath ? field.Name : field.JsonName,
            ["in"] = isInPath ? "path" : "query",
            ["required"] = isInPath,
            ["description"] = Comments.Of(field.Declaration),
            ["schema"] = _schemas.TypeOf(field),
        };
    }

    /// <summary>A token, or nothing too where whoever shows none may call.</summary>
    private static JsonArray Security(MethodDescriptor method)
    {
        var token = new JsonObject { [Token] = new JsonArray() };
        return CallTable.Find($"/{method.Service.FullName}/{method.Name}")!.Kind == CallerKind.Nobody ? [new JsonObject(), token] : [token];
    }

    private static JsonObject Answer(string text, JsonObject schema) => new() { ["description"] = text, ["content"] = Content(schema) };

    private static JsonObject Content(JsonObject schema) => new() { [Json] = new JsonObject { ["schema"] = schema } };

    private JsonObject Whole() => new()
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject { ["title"] = "CustomerContext", ["version"] = "v1", ["description"] = About, ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" } },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
        ["tags"] = _tags,
        ["paths"] = _paths,
        ["components"] = new JsonObject
        {
            ["securitySchemes"] = new JsonObject
            {
                [Token] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT", ["description"] = "An access token: who calls, for which company." },
            },
            ["schemas"] = _schemas.All(),
        },
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathFields();
}
