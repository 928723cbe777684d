using System.Text.Json;
using Paydown.Lending.Accounting;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Statements.Reading;

namespace Paydown.Server.Organisations;

/// <summary>The fields of a bank account of the lender, and its audit entries.</summary>
internal static class CollectionAccountBody
{
    public static readonly Field<string> Name = Field
        .Text("name", "What officers call it.", 1, 100)
        .WithExample("Collections, Example Bank");
    public static readonly Field<string> AccountNumber = Field
        .Text("accountNumber", "The IBAN or account number; spaces and signs do not matter.", 4, 42)
        .Cleaned()
        .WithExample("DE89 3704 0044 0532 0130 00");
    public static readonly Field<string?> BankCode = Field
        .Text("bankCode", "The bank's code: a national code or a BIC.", 3, 11)
        .Optional()
        .NotInExamples();
    public static readonly Field<string?> BankName = Field
        .Text("bankName", "The bank's name.", 1, 100)
        .Optional()
        .WithExample("Example Bank");
    public static readonly Field<LedgerAccount> StandsFor = Field.OneOf(
        "ledgerAccount",
        "The account of the ledger that stands for it: repayments arrive in COLLECTION_ACCOUNT, loans are paid out of "
            + "FUNDING_ACCOUNT.",
        LedgerAccount.CollectionAccount,
        LedgerAccount.FundingAccount
    );
    public static readonly Field<string?> CsvProfile = Field
        .Text(
            "csvProfile",
            "How its CSV files are read, as JSON (docs/bank-statements.md). Absent: as their column names say.",
            2,
            4_000
        )
        .WithLines()
        .Optional()
        .NotInExamples();

    /// <summary>What is wrong with the profile of a request; null if nothing is.</summary>
    public static Refusal? WrongProfile(FieldValues body)
    {
        if (body.Get(CsvProfile) is not { } profile)
            return null;
        try
        {
            _ = Paydown.Statements.Reading.CsvProfile.Parse(profile);
            return null;
        }
        catch (StatementFaultException exception)
        {
            return Refusals.ValidationFailed(new FieldError(CsvProfile.Name, exception.Message));
        }
    }

    /// <summary>The audit entry of a change.</summary>
    public static AuditRecord Audited(Call call, ActionContext context, Ids ids, OwnAccount account, string action) =>
        new(
            call.Caller.OrganisationId,
            account.Id.AsSubject,
            context,
            new(ids.Next<AuditEntryId>(), action, JsonSerializer.Serialize(account, Wire.Options))
        );
}
