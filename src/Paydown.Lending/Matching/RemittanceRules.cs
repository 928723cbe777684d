using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Statements;

namespace Paydown.Lending.Matching;

/// <summary>A collector whose remittance an entry may be.</summary>
/// <param name="Id">The collector.</param>
/// <param name="Name">Its name.</param>
/// <param name="AccountNumber">The account that it remits from; null if unknown.</param>
public sealed record CandidateCollector(CollectorId Id, string Name, string? AccountNumber);

/// <summary>A file of a collector whose money an entry may be.</summary>
/// <param name="Id">The file.</param>
/// <param name="CollectorId">Its collector.</param>
/// <param name="RemittanceReference">What the transfer of its money carries.</param>
public sealed record CandidateCollectorFile(CollectorFileId Id, CollectorId CollectorId, string RemittanceReference);

/// <summary>
/// Recognises the remittances of collectors: money from the account of a collector, or money that carries the
/// reference of a file. It pays no loan, because the file has paid them. So it is asked before the rules that look for
/// loans.
/// </summary>
public sealed class RemittanceRules(
    Currency currency,
    IReadOnlyList<CandidateCollector> collectors,
    IReadOnlyList<CandidateCollectorFile> files
)
{
    /// <summary>Decides about an entry; null if it is no remittance.</summary>
    public EntryDecision? Decide(StatementEntry entry)
    {
        if (entry.Status != EntryStatus.Book || !entry.Amount.IsPositive || entry.IsReversal)
            return null;
        var texts = new EntryTexts(entry);
        var named = files.Where(file => texts.HasWords(file.RemittanceReference)).ToList();
        var payer = collectors.FirstOrDefault(one =>
            EntryTexts.IsSameAccount(one.AccountNumber, entry.CounterpartyAccount)
        );
        if (payer is null && named.Count == 0)
            return null;
        if (entry.Amount.Currency != currency)
            return Waits($"The money is a collector's, in {entry.Amount.Currency.Code}, and it owes {currency.Code}.");
        if (payer is not null)
            return Remittance(
                payer,
                named is [var own] && own.CollectorId == payer.Id ? own : null,
                $"The money came from the account of {payer.Name}."
            );
        if (named.DistinctBy(file => file.CollectorId).Count() > 1)
            return Waits("The entry names files of several collectors.");
        return Remittance(
            collectors.First(one => one.Id == named[0].CollectorId),
            named.Count == 1 ? named[0] : null,
            $"The entry names the remittance reference {named[0].RemittanceReference}."
        );
    }

    private static EntryDecision Remittance(
        CandidateCollector collector,
        CandidateCollectorFile? file,
        string reason
    ) =>
        new(MatchOutcome.Remittance, MatchRule.Remittance, [$"{reason} It is a remittance of {collector.Name}."])
        {
            CollectorId = collector.Id,
            CollectorFileId = file?.Id,
        };

    private static EntryDecision Waits(string reason) => new(MatchOutcome.Decide, MatchRule.Remittance, [reason]);
}
