using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CustomerContext.Cli.Commands;
using CustomerContext.Cli.Options;

namespace CustomerContext.Cli;

/// <summary>The command line: parses, runs one command, answers with an exit code.</summary>
internal static class CtxApp
{
    public static async Task<int> RunAsync(string[] args, Surroundings surroundings)
    {
        var parsed = NewRoot(surroundings).Parse(args);
        var configuration = new InvocationConfiguration
        {
            Output = surroundings.Output,
            Error = surroundings.Errors,
            EnableDefaultExceptionHandler = false,
        };
        if (parsed.Action is not ParseErrorAction)
        {
            return await parsed.InvokeAsync(configuration);
        }

        foreach (var error in parsed.Errors)
        {
            await surroundings.Errors.WriteLineAsync(error.Message);
        }

        await surroundings.Errors.WriteLineAsync($"See {CommandLineOf(parsed.CommandResult.Command)} --help");
        return ExitCode.Usage;
    }

    private static string CommandLineOf(Command command) => command is RootCommand ? "ctx" : $"ctx {command.Name}";

    private static RootCommand NewRoot(Surroundings surroundings)
    {
        var shared = new SharedOptions();
        var root = new RootCommand("CustomerContext from the command line: who is this, right now, and what should I know?");
        foreach (var option in shared.All)
        {
            root.Options.Add(option);
        }

        CtxCommand[] commands =
        [
            new CallCommand(shared, surroundings),
            new JoinCommand(shared, surroundings),
            new GetCommand(shared, surroundings),
            new HistoryCommand(shared, surroundings),
            new WatchCommand(shared, surroundings),
            new PublishCommand(shared, surroundings),
            new TribeCommand(shared, surroundings),
            new WorkCommand(shared, surroundings),
            new WebhooksCommand(shared, surroundings),
            new WhoCommand(shared, surroundings),
            new CatalogCommand(shared, surroundings),
            new ReplayCommand(shared, surroundings),
            new ImportCommand(shared, surroundings),
            new PreferencesCommand(shared, surroundings),
            new LookMailCommand(shared, surroundings),
            new GrantCommand(shared, surroundings),
            new GrantsCommand(shared, surroundings),
            new RevokeCommand(shared, surroundings),
            new PauseCommand(shared, surroundings),
            new TalkingCommand(shared, surroundings),
            new CodeCommand(shared, surroundings),
            new RedeemCommand(shared, surroundings),
            new RequestCommand(shared, surroundings),
            new RequestsCommand(shared, surroundings),
            new DecideCommand(shared, surroundings),
            new BeginCommand(shared, surroundings),
            new ContinueCommand(shared, surroundings),
            new EndCommand(shared, surroundings),
            new DisclosuresCommand(shared, surroundings),
            new ReceiptCommand(shared, surroundings),
            new ExportCommand(shared, surroundings),
            new EraseCommand(shared, surroundings),
            new LinkCommand(shared, surroundings),
            new UnlinkCommand(shared, surroundings),
            new IdentifiersCommand(shared, surroundings),
            new TiesCommand(shared, surroundings),
            new FriendsCommand(shared, surroundings),
            new TokenCommand(shared, surroundings),
        ];
        foreach (var command in commands)
        {
            root.Subcommands.Add(command);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
