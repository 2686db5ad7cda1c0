using System.Text;
using CustomerContext.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await CtxApp.RunAsync(args, Surroundings.OfProcess());
