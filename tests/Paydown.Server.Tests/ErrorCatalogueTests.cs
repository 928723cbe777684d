using System.Reflection;
using System.Text;
using Paydown.Lending.Amounts;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests;

/// <summary>
/// docs/errors.md is written from the catalogue of refusals and the failures of the pipeline. This test keeps it up to
/// date.
/// </summary>
public sealed class ErrorCatalogueTests
{
    private const string Command =
        "PAYDOWN_REWRITE=1 dotnet run --project tests/Paydown.Server.Tests -- "
        + "-class Paydown.Server.Tests.ErrorCatalogueTests";

    [Fact]
    public void The_list_of_errors_is_that_of_the_code() =>
        Repository.ShouldBeCommitted("docs/errors.md", Write(), Command);

    [Fact]
    public void A_code_has_one_status_and_one_title() =>
        Errors()
            .GroupBy(error => error.Code)
            .Where(group => group.Select(error => (error.Status, error.Title)).Distinct().Count() > 1)
            .Select(group => group.Key)
            .ShouldBeEmpty("The meaning of a code never changes.");

    private static string Write()
    {
        var text = new StringBuilder(
            """
            # Errors

            Every failure has this envelope; `code` is for machines and never changes, `error` is its title, `message`
            says in words what was wrong and what would be right, and `errors` lists every invalid field where fields
            are to blame.

            ```json
            {"status":"FAILED","message":"…","error":"Loan Closed","code":"LOAN_CLOSED"}
            ```

            This list is generated from `src/Paydown.Lending/Outcomes/Refusals.cs` and
            `src/Paydown.Server/Platform/Http/Failure.cs`; a test keeps it in step.
            Words in ‹› stand for what the request was about.

            | HTTP | `code` | `error` | `message`, for example |
            |---|---|---|---|

            """
        );
        var inOrder = Errors()
            .OrderBy(error => error.Status)
            .ThenBy(error => error.Code, StringComparer.Ordinal)
            .ThenBy(error => error.Message, StringComparer.Ordinal);
        foreach (var error in inOrder)
            text.Append($"| {error.Status} | `{error.Code}` | {error.Title} | {error.Message.Replace("|", "\\|")} |\n");
        return text.ToString();
    }

    /// <summary>One refusal of each kind, by its name in the catalogue.</summary>
    internal static IEnumerable<(string Name, Refusal Refusal)> Samples() =>
        typeof(Refusals)
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(Refusal))
            .Select(method => (method.Name, (Refusal)method.Invoke(null, [.. method.GetParameters().Select(Sample)])!));

    private static IEnumerable<Failure> Errors() =>
        Samples()
            .Select(sample => sample.Refusal)
            .Select(refusal => new Failure(Answer.StatusOf(refusal.Kind), refusal.Code, refusal.Title, refusal.Message))
            .Concat([
                Failure.UnknownPath,
                Failure.PayloadTooLarge,
                Failure.UnsupportedMediaType,
                Failure.ServerError,
                Failure.MethodNotAllowed("‹method›"),
            ])
            .Distinct();

    private static object? Sample(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(string))
            return $"‹{parameter.Name}›";
        if (type == typeof(Money))
            return new Money(5_000_000, Currency.Get("NGN"));
        if (type == typeof(bool))
            return true;
        if (type == typeof(int))
            return parameter.Name == "digits" ? Nuban.AccountNumberDigits : 30;
        if (type == typeof(long))
            return 30L;
        if (type == typeof(decimal))
            return 30m;
        if (type == typeof(DateOnly))
            return new DateOnly(2026, 11, 21);
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(2026, 11, 21, 9, 30, 0, TimeSpan.Zero);
        if (type == typeof(TimeSpan))
            return TimeSpan.FromMinutes(30);
        if (type == typeof(Guid))
            return new Guid("0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f");
        if (type == typeof(IReadOnlyList<FieldError>))
            return (FieldError[])[new("‹field›", "‹what would be right›")];
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(0);
        if (type == typeof(IReadOnlyList<string>))
            return (string[])[$"‹{parameter.Name}›"];
        throw new InvalidOperationException($"Give Sample a value of {type}, which {parameter.Member.Name} takes.");
    }
}
