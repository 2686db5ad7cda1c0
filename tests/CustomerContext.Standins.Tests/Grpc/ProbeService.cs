using Grpc.Core;

namespace CustomerContext.Standins.Tests.Grpc;

/// <summary>Runs what a test has put into the script, on the server.</summary>
internal sealed class ProbeService(ProbeScript script) : Probe.ProbeBase
{
    public override Task<Answer> Ask(Question request, ServerCallContext context) => script.Ask(request, context);

    public override Task List(Question request, IServerStreamWriter<Answer> responseStream, ServerCallContext context) =>
        script.List(request, responseStream, context);

    public override Task<Answer> Collect(IAsyncStreamReader<Question> requestStream, ServerCallContext context) =>
        script.Collect(requestStream, context);

    public override Task Talk(IAsyncStreamReader<Question> requestStream, IServerStreamWriter<Answer> responseStream, ServerCallContext context) =>
        script.Talk(requestStream, responseStream, context);
}

internal sealed class ProbeScript
{
    public UnaryServerMethod<Question, Answer> Ask { get; set; } =
        (question, _) => Task.FromResult(new Answer { Text = question.Text, Count = question.Count, Blob = question.Blob });

    public ServerStreamingServerMethod<Question, Answer> List { get; set; } = async (question, answers, _) =>
    {
        for (var i = 0; i < question.Count; i++)
        {
            await answers.WriteAsync(new Answer { Text = question.Text, Count = i });
        }
    };

    public ClientStreamingServerMethod<Question, Answer> Collect { get; set; } = async (questions, _) =>
    {
        var answer = new Answer();
        await foreach (var question in questions.ReadAllAsync())
        {
            answer.Text += question.Text;
            answer.Count++;
        }

        return answer;
    };

    public DuplexStreamingServerMethod<Question, Answer> Talk { get; set; } = async (questions, answers, _) =>
    {
        await foreach (var question in questions.ReadAllAsync())
        {
            await answers.WriteAsync(new Answer { Text = question.Text });
        }
    };
}
