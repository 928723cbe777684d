using System.Text;

namespace Paydown.Server.Commands;

/// <summary>Asks the operator for what the command line leaves out, if the operator sits at a terminal.</summary>
/// <param name="input">Where answers are read.</param>
/// <param name="output">Where questions are shown.</param>
/// <param name="readSecret">Reads a line without showing it.</param>
/// <param name="isTerminal">False if nobody can answer.</param>
internal sealed class Questions(TextReader input, TextWriter output, Func<string> readSecret, bool isTerminal)
{
    /// <summary>Asks on the terminal of this process; on the error stream, because the output may be JSON.</summary>
    public static Questions OfConsole =>
        new(Console.In, Console.Error, ReadSecretFromConsole, !Console.IsInputRedirected && !Console.IsErrorRedirected);

    /// <summary>True if the operator can be asked.</summary>
    public bool CanAsk => isTerminal;

    /// <summary>Asks until the answer is right.</summary>
    /// <param name="question">What is asked for.</param>
    /// <param name="otherwise">The value of an empty answer; null if there must be one.</param>
    /// <param name="findError">Returns what is wrong with an answer; null if nothing is.</param>
    /// <returns>The answer; null if the input has ended.</returns>
    public string? Ask(string question, string? otherwise, Func<string, string?> findError)
    {
        while (true)
        {
            output.Write(otherwise is { Length: > 0 } ? $"{question} [{otherwise}]: " : $"{question}: ");
            if (input.ReadLine()?.Trim() is not { } answer)
                return null;
            if (answer.Length == 0 && otherwise is not null)
                return otherwise;
            if (findError(answer) is not { } wrong)
                return answer;
            output.WriteLine($"  {wrong}");
        }
    }

    /// <summary>Asks for a new password, twice, until it is right. It is not shown.</summary>
    public string AskPassword(string question, Func<string, string?> findError)
    {
        while (true)
        {
            output.Write($"{question}: ");
            var password = readSecret();
            if (findError(password) is { } wrong)
            {
                output.WriteLine($"  {wrong}");
                continue;
            }

            output.Write("The same again: ");
            if (readSecret() == password)
                return password;
            output.WriteLine("  The two differ.");
        }
    }

    private static string ReadSecretFromConsole()
    {
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
