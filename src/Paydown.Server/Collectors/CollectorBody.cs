using System.Text.Json;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Statements.Reading;

namespace Paydown.Server.Collectors;

/// <summary>The fields of a collector, and its audit entries.</summary>
internal static class CollectorBody
{
    private const int DecimalsMax = 4;

    public static readonly Field<string> Name = Field
        .Text("name", "The name, as loans have it. Case does not matter.", 1, 120)
        .Cleaned()
        .WithExample("Example Collections Ltd");
    public static readonly Field<decimal> CommissionPercent = Field
        .Rate("commissionPercent", "What it keeps of each payment, in percent, with at most 4 decimals.", 0, 100)
        .WithExample(7.5m);
    public static readonly Field<string?> AccountNumber = Field
        .Text("accountNumber", "The bank account that it remits from; spaces and signs do not matter.", 4, 42)
        .Cleaned()
        .Optional()
        .WithExample("DE02 1203 0000 0000 2020 51");
    public static readonly Field<string?> CsvProfile = Field
        .Text(
            "csvProfile",
            "How its CSV files are read, as JSON (docs/collectors.md). Absent: as their column names say.",
            2,
            4_000
        )
        .WithLines()
        .Optional()
        .NotInExamples();

    /// <summary>Reads a collector from a request.</summary>
    public static Result<Collector> Read(FieldValues body, CollectorId id, DateTimeOffset recordedAt)
    {
        var errors = new List<FieldError>();
        var percent = body.Get(CommissionPercent);
        if (percent != decimal.Round(percent, DecimalsMax))
            errors.Add(new(CommissionPercent.Name, $"must have at most {DecimalsMax} decimals."));
        var account = body.Get(AccountNumber) is { } written ? OwnAccount.NumberOf(written) : null;
        if (account == "")
            errors.Add(new(AccountNumber.Name, "must have letters or digits."));
        var profile = body.Get(CsvProfile);
        if (profile is not null && ProblemOf(profile) is { } problem)
            errors.Add(new(CsvProfile.Name, problem));
        return errors.Count > 0
            ? Refusals.ValidationFailed(errors)
            : new Collector(id, body.Get(Name), percent, account, profile, recordedAt);
    }

    /// <summary>The audit entry of a change.</summary>
    public static AuditRecord Audited(Call call, ActionContext context, Ids ids, Collector collector, string action) =>
        new(
            call.Caller.OrganisationId,
            collector.Id.AsSubject,
            context,
            new(ids.Next<AuditEntryId>(), action, JsonSerializer.Serialize(collector, Wire.Options))
        );

    private static string? ProblemOf(string profile)
    {
        try
        {
            _ = CollectionProfile.Parse(profile);
            return null;
        }
        catch (StatementFaultException exception)
        {
            return exception.Message;
        }
    }
}
