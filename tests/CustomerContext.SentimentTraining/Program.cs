using CustomerContext.Domain.Sentiment.Model;
using CustomerContext.SentimentTraining;

if (args is not [var folder])
{
    Console.WriteLine("In the repository's folder: dotnet run -c Release --project tests/CustomerContext.SentimentTraining -- FOLDER");
    return 2;
}

const string Weights = "silo/CustomerContext.Domain/Sentiment/Model/weights.bin";
const string Seen = "tests/CustomerContext.SentimentTraining/seen.bin";
var lines = Line.Read(folder, "*.jsonl").Where(Training.MayTrain).ToArray();
Console.WriteLine($"{lines.Length} lines");
var model = ModelFile.Write(Training.Run(lines, Console.Out));
await File.WriteAllBytesAsync(Weights, model);
await File.WriteAllBytesAsync(Seen, SeenTexts.Write(lines.Select(line => line.Text)));
Console.WriteLine($"{Weights}: {model.Length} bytes. Build again to use them.");
return 0;
