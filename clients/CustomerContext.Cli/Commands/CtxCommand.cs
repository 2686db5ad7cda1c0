using System.CommandLine;
using System.Text.Json.Nodes;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.Cli.Tokens;
using CustomerContext.Client;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>A command: its options, its examples, and what it does; failures of any kind become words and an exit code here.</summary>
internal abstract class CtxCommand : Command
{
    /// <summary>A person waits, and the server may just have started.</summary>
    private static readonly TimeSpan _readDeadline = TimeSpan.FromSeconds(5);

    private readonly SharedOptions _shared;

    protected CtxCommand(string name, string description, SharedOptions shared, Surroundings surroundings, params IEnumerable<Option> options)
        : base(name, description)
    {
        _shared = shared;
        Surroundings = surroundings;
        foreach (var option in options)
        {
            Options.Add(option);
        }

        SetAction(GuardAsync);
    }

    /// <summary>Lines to type, with what they do.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    protected Surroundings Surroundings { get; }

    protected DateTimeOffset Now => Surroundings.Time.GetUtcNow();

    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation);

    protected bool IsJson(ParseResult parsed) => _shared.IsJson(parsed);

    /// <summary>Absent: none was given.</summary>
    protected string? GivenToken(ParseResult parsed) => _shared.Token(parsed, Surroundings);

    /// <exception cref="MissingKeyException">There is no key.</exception>
    protected DevelopmentTokens LoadTokens(ParseResult parsed) => DevelopmentTokens.Load(_shared.Data(parsed, Surroundings), Surroundings.Time);

    /// <summary>A client that sends the given token, or one made for whoever is to be acted as.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="holder">Whom to act as; asked only if no token is given.</param>
    /// <param name="scopes">What the token must allow, for a tenant's; a customer's own allows all that customers may do.</param>
    protected CustomerContextClient OpenClient(ParseResult parsed, Func<TokenHolder> holder, params string[] scopes) => new(new()
    {
        Addresses = _shared.Addresses(parsed, Surroundings),
        ReadDeadline = _readDeadline,
        TokenProvider = TokenFor(parsed, holder, scopes),
        Time = Surroundings.Time,
    });

    /// <summary>Where such a client sends, and as whom. Personal or secret, so only to be compared as a hash.</summary>
    protected IEnumerable<string> Destination(ParseResult parsed, Func<TokenHolder> holder) =>
        _shared.Addresses(parsed, Surroundings).Select(address => address.AbsoluteUri).Append(GivenToken(parsed) ?? holder().ToString());

    /// <summary>A client that sends the given token, or none.</summary>
    protected CustomerContextClient OpenClient(ParseResult parsed) => new(new()
    {
        Addresses = _shared.Addresses(parsed, Surroundings),
        ReadDeadline = _readDeadline,
        TokenProvider = GivenToken(parsed) is { } given ? _ => ValueTask.FromResult(given) : null,
        Time = Surroundings.Time,
    });

    /// <summary>The one result of a command: its JSON, or words.</summary>
    protected int Show(ParseResult parsed, Google.Protobuf.IMessage message, Action<IAnsiConsole> words)
    {
        if (IsJson(parsed))
        {
            Surroundings.Output.WriteLine(Json.Line(message));
        }
        else
        {
            words(Surroundings.Screen);
        }

        return ExitCode.Ok;
    }

    /// <summary>The outcome of a command that has nothing to show: for scripts, or in words.</summary>
    protected int Tell(ParseResult parsed, string outcome, string words)
    {
        if (IsJson(parsed))
        {
            Surroundings.Output.WriteLine(Json.Line(new JsonObject { ["outcome"] = outcome }));
        }
        else
        {
            Surroundings.Screen.MarkupLine($"[green]{words}[/]");
        }

        return ExitCode.Ok;
    }

    private Func<CancellationToken, ValueTask<string>> TokenFor(ParseResult parsed, Func<TokenHolder> holder, string[] scopes)
    {
        if (GivenToken(parsed) is { } given)
        {
            return _ => ValueTask.FromResult(given);
        }

        var whom = holder();
        using var tokens = LoadTokens(parsed);
        var token = tokens.Issue(whom, whom is TokenHolder.Customer ? DevelopmentTokens.CustomerScopes : scopes, DevelopmentTokens.DefaultLifetime);
        return _ => ValueTask.FromResult(token);
    }

    private async Task<int> GuardAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var isJson = IsJson(parsed);
        try
        {
            return await RunAsync(parsed, cancellation);
        }
        catch (CustomerContextException e)
        {
            ErrorReport.Write(Surroundings, isJson, e);
            return ExitCode.Of(e);
        }
        catch (UsageException e)
        {
            ErrorReport.Write(Surroundings, isJson, "Usage", e.Message);
            return ExitCode.Usage;
        }
        catch (MissingKeyException e)
        {
            ErrorReport.Write(Surroundings, isJson, "MissingKey", e.Message);
            return ExitCode.NotAuthenticated;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}
