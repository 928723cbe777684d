using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Paydown.Client;

// Bodies of requests whose fields are arguments of a call.

internal sealed record Credentials(
    string Email,
    string CurrentPassword,
    Guid? OrganisationId,
    string? SecondFactorCode = null
);

internal sealed record CodeGiven(string Code);

internal sealed record PasswordGiven(string Password);

internal sealed record RefreshSecret([property: JsonPropertyName("refresh_token")] string RefreshToken);

internal sealed record ForgottenPassword(string Email, Guid? OrganisationId);

internal sealed record PasswordByToken(string Token, string Password, string ConfirmPassword);

internal sealed record PasswordChange(string CurrentPassword, string NewPassword);

internal sealed record TokenGiven(string Token);

internal sealed record ReasonGiven(string? Reason);

internal sealed record CollectionWanted(bool Enabled, string? Collector);

internal sealed record NoticesDeclined(IReadOnlyList<NoticeKind> Declined);

internal sealed record DayWanted(DateOnly? Date);

internal sealed record OfferWanted(DateOnly? FirstDueDate);

internal sealed record DisbursementWanted(decimal? Amount);

internal sealed record SecretRotation(int PreviousForHours);

internal sealed record QuestionsChange(IReadOnlyList<OfficerQuestion> EligibilityQuestions, int Version);

/// <summary>A definition, and the version it is based on.</summary>
internal sealed record ProductChange : ProductDefinition
{
    [SetsRequiredMembers]
    public ProductChange(ProductDefinition definition, int version)
        : base(definition) => Version = version;

    public int Version { get; }
}

/// <summary>A definition, and a loan to show.</summary>
internal sealed record ProductTrialWanted : ProductDefinition
{
    [SetsRequiredMembers]
    public ProductTrialWanted(ProductDefinition definition, TrialLoan loan)
        : base(definition) => Loan = loan;

    public TrialLoan Loan { get; }
}
