using System.Globalization;
using System.Text.Json;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Approvals;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Organisations;

/// <summary>
/// A manager replaces all settings of the organisation; the old ones stay in the audit trail. A change that weakens a
/// control (a higher four-eyes amount or none, no PIN) takes two managers, and nothing of it takes effect before the
/// second one approves. Other servers show the change within seconds; decisions always read the current settings.
/// </summary>
public sealed class ChangeOrganisation(
    SingleWrites writes,
    OrganisationDirectory organisations,
    FourEyes fourEyes,
    Ids ids
) : IUseCase
{
    // In major units. No transfer costs more, even in the currency with the smallest unit.
    private const long WithdrawalFeeMax = 1_000_000;

    // In major units: larger than any repayment.
    private const long FourEyesAboveMax = 1_000_000_000_000;

    private static readonly Field<int> Version = Field.Integer(
        "version",
        "The version that the change is based on. Refused if it is not the current one.",
        1,
        int.MaxValue
    );
    private static readonly Field<decimal?> FourEyesAbove = Field
        .Amount("fourEyesAbove", "Amounts above this need two officers. Null: one officer always suffices.")
        .Optional()
        .AtMost(FourEyesAboveMax)
        .WithExample(1_000_000);
    private static readonly Field<decimal> WithdrawalFee = Field
        .Amount("withdrawalFee", "The fee for each transfer to a bank account, taken from the wallet.")
        .FromZero()
        .AtMost(WithdrawalFeeMax)
        .WithExample(25);
    private static readonly Field<bool> AsksTransactionPin = Field
        .Boolean("asksTransactionPin", "Whether every customer must confirm transfers from the wallet with a PIN.")
        .WithExample(false);
    private static readonly Field<bool?> RequiresSecondFactor = Field
        .Boolean(
            "requiresSecondFactor",
            "Whether agents, cashiers and managers must sign in with a second factor. Absent: as before."
        )
        .Optional()
        .NotReset()
        .WithExample(false);
    private static readonly Field<AccrualPosting?> Posting = Field
        .OneOf(
            "accrualPosting",
            "When earned interest is recognised: when it is paid, on due dates and month ends, or daily. Absent: as "
                + "before.",
            Enum.GetValues<AccrualPosting>()
        )
        .Optional()
        .NotReset();
    private static readonly Field<string?> ClosingTime = LocalTime(
        "closingTime",
        "The local time after which a worker runs the end of the day before. Absent: as before.",
        "00:15"
    );
    private static readonly Field<string?> QuietFrom = LocalTime(
        "quietFrom",
        "The local time from which customers get no notices, except about their sign-in. Absent: as before.",
        "20:00"
    );
    private static readonly Field<string?> QuietUntil = LocalTime(
        "quietUntil",
        "The local time until which they get none; the same as quietFrom: at any time. Absent: as before.",
        "08:00"
    );
    private static readonly Field<string> TermsAndConditions = Field
        .Text("termsAndConditions", "The text that customers accept before a loan is paid out.", 0, 20_000)
        .WithLines()
        .WithExample("1. The loan is paid back by its schedule.");
    private static readonly Field<string> Email = Field
        .Text("email", "The e-mail address for questions.", 3, 254)
        .Matching("^[^@\\s]+@[^@\\s]+$", "an e-mail address")
        .WithExample("help@demo.example");
    private static readonly Field<string> Phone = Field
        .Text("phone", "The phone number for questions; empty if there is none.", 0, 50)
        .WithExample("+234 800 000 0000");
    private static readonly Field<string> Hours = Field
        .Text("hours", "When the phone is answered, in words; empty if there is none.", 0, 100)
        .WithExample("Monday to Friday");
    private static readonly Field<FieldValues> ContactInformation = Field.Object(
        "contactInformation",
        "How customers reach the lender.",
        Email,
        Phone,
        Hours
    );

    public static Contract Contract { get; } =
        new Contract("Change the settings of the organisation")
            .Reads([
                Field.Fixed("id"),
                Field.Fixed("name"),
                Field.Fixed("legalName"),
                Field.Fixed("countryIso3"),
                Field.Fixed("currencyCode"),
                Field.Fixed("timeZone"),
                Field.Shown("termsUpdatedAt"),
                Field.Fixed("collectionAccount"),
                Field.Shown("awaitedApproval"),
                Version,
                .. Field.SpelledOut([FourEyesAbove]),
                WithdrawalFee,
                AsksTransactionPin,
                RequiresSecondFactor,
                Posting,
                ClosingTime,
                QuietFrom,
                QuietUntil,
                TermsAndConditions,
                ContactInformation,
            ])
            .Returns<OrganisationView>()
            .Refuses(
                Refusals.NotFound("organisation"),
                Refusals.VersionConflict(2),
                Refusals.ValidationFailed(),
                Refusals.SecondOfficerRequired()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var answer = await writes.RunAsync(call, (connection, context) => DecideAsync(connection, call, context));
        if (answer.IsSuccess)
            organisations.Forget();
        return answer;
    }

    private async ValueTask<Answer> DecideAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var before = await OrganisationStore.LockSettingsAsync(
            connection,
            call.Caller.OrganisationId,
            call.Cancellation
        );
        if (before is null)
            return Answer.Refused(Refusals.NotFound("organisation"));
        if (call.Body.Get(Version) != before.Version)
            return Answer.Refused(Refusals.VersionConflict(before.Version));
        if (call.Body.ChangesOfFixed(OrganisationView.Of(before)) is { Count: > 0 } changes)
            return Answer.Refused(Refusals.ValidationFailed(changes));
        var wanted = Read(call.Body, before, context);
        if (wanted.IsRefused)
            return Answer.Refused(wanted.Refusal);
        if (wanted.Value == before)
            return Answer.Success(OrganisationView.Of(before));

        var after = wanted.Value with { Version = before.Version + 1 };
        if (WeakenedBy(before, after) is { Count: > 0 } weakened)
        {
            var approval = await fourEyes.ApproveAsync(connection, ActOf(before, after, weakened), call, context);
            if (approval.IsRefused)
                return Answer.Refused(approval.Refusal);
            if (approval.Value.Awaited is { } awaited)
            {
                return Answer.Success(
                    OrganisationView.Of(before, awaited),
                    AwaitedApproval.Message("the settings change")
                );
            }
        }

        await using var batch = new NpgsqlBatch(connection);
        OrganisationStore.AddTo(batch, after);
        if (before.FourEyesAbove != after.FourEyesAbove)
            OrganisationStore.AddPastAmountTo(batch, before, context.At);
        AuditTrail.AddTo(
            batch,
            [
                new(
                    after.Id,
                    after.Id.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), "ORGANISATION_CHANGED", DetailOf(before, after))
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(OrganisationView.Of(after), $"The settings are at version {after.Version}.");
    }

    private static Result<OrganisationSettings> Read(
        FieldValues body,
        OrganisationSettings before,
        ActionContext context
    )
    {
        var errors = new List<FieldError>();
        var above = ReadAmount(body.Get(FourEyesAbove), FourEyesAbove, before.Currency, errors);
        if (above is { IsPositive: false })
            errors.Add(new(FourEyesAbove.Name, "must be more than 0; send null if one officer always suffices."));
        var fee = ReadAmount(body.Get(WithdrawalFee), WithdrawalFee, before.Currency, errors);
        if (errors.Count > 0)
            return Refusals.ValidationFailed(errors);

        var (terms, contact) = (body.Get(TermsAndConditions), body.Get(ContactInformation));
        return before with
        {
            FourEyesAbove = above,
            WithdrawalFee = fee!.Value,
            AsksTransactionPin = body.Get(AsksTransactionPin),
            RequiresSecondFactor = body.Get(RequiresSecondFactor) ?? before.RequiresSecondFactor,
            AccrualPosting = body.Get(Posting) ?? before.AccrualPosting,
            ClosesAt = ReadTime(body.Get(ClosingTime)) ?? before.ClosesAt,
            QuietHours = new(
                ReadTime(body.Get(QuietFrom)) ?? before.QuietHours.From,
                ReadTime(body.Get(QuietUntil)) ?? before.QuietHours.Until
            ),
            TermsAndConditions = terms,
            TermsUpdatedAt = terms == before.TermsAndConditions ? before.TermsUpdatedAt : context.At,
            Contact = new(contact.Get(Email), contact.Get(Phone), contact.Get(Hours)),
        };
    }

    private static Field<string?> LocalTime(string name, string description, string example) =>
        Field
            .Text(name, description, 5, 5)
            .Matching("^([01][0-9]|2[0-3]):[0-5][0-9]$", $"a time such as {example}")
            .Optional()
            .NotReset()
            .WithExample(example);

    private static TimeOnly? ReadTime(string? text) =>
        text is null ? null : TimeOnly.ParseExact(text, OrganisationView.TimeFormat, CultureInfo.InvariantCulture);

    private static List<string> WeakenedBy(OrganisationSettings before, OrganisationSettings after)
    {
        var weakened = new List<string>();
        if (FourEyesRules.IsWeaker(after.FourEyesAbove, before.FourEyesAbove))
            weakened.Add(FourEyesAbove.Name);
        if (before.AsksTransactionPin && !after.AsksTransactionPin)
            weakened.Add(AsksTransactionPin.Name);
        if (before.RequiresSecondFactor && !after.RequiresSecondFactor)
            weakened.Add(RequiresSecondFactor.Name);
        return weakened;
    }

    private static Act ActOf(OrganisationSettings before, OrganisationSettings after, List<string> weakened) =>
        new()
        {
            Kind = ActKind.ChangeOrganisation,
            OrganisationId = before.Id,
            SubjectId = before.Id.AsSubject,
            SubjectVersion = before.Version,
            Currency = before.Currency,
            Amount = null,
            Terms = ProposedChange.Between(
                weakened,
                OrganisationView.Of(before),
                OrganisationView.Of(after),
                Version.Name,
                "termsUpdatedAt"
            ),
        };

    private static Money? ReadAmount(decimal? major, Field field, Currency currency, List<FieldError> errors)
    {
        if (major is not { } amount)
            return null;
        if (Money.TryFromMajor(amount, currency, out var money))
            return money;
        errors.Add(
            new(field.Name, $"must be an amount of {currency}, with at most {currency.FractionDigits} fraction digits.")
        );
        return null;
    }

    // The changed settings, with their old and new values.
    private static string DetailOf(OrganisationSettings before, OrganisationSettings after)
    {
        var (old, now) = (FieldsOf(before), FieldsOf(after));
        var changed = now.Where(field => !Equals(old[field.Key], field.Value)).Select(field => field.Key).ToList();
        return JsonSerializer.Serialize(
            new
            {
                after.Version,
                Before = changed.ToDictionary(name => name, name => old[name]),
                After = changed.ToDictionary(name => name, name => now[name]),
            },
            Wire.Options
        );
    }

    private static Dictionary<string, object?> FieldsOf(OrganisationSettings settings)
    {
        var view = OrganisationView.Of(settings);
        return new()
        {
            [FourEyesAbove.Name] = view.FourEyesAbove,
            [WithdrawalFee.Name] = view.WithdrawalFee,
            [AsksTransactionPin.Name] = view.AsksTransactionPin,
            [RequiresSecondFactor.Name] = view.RequiresSecondFactor,
            [Posting.Name] = view.AccrualPosting,
            [ClosingTime.Name] = view.ClosingTime,
            [QuietFrom.Name] = view.QuietFrom,
            [QuietUntil.Name] = view.QuietUntil,
            [TermsAndConditions.Name] = view.TermsAndConditions,
            [ContactInformation.Name] = view.ContactInformation,
        };
    }
}
