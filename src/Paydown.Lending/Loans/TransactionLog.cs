using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;

namespace Paydown.Lending.Loans;

/// <summary>The transactions of a replay, in the order in which they came.</summary>
internal sealed class TransactionLog(int capacity)
{
    private readonly List<TransactionState> transactions = new(capacity);

    public int Count => transactions.Count;

    public TransactionState this[int index]
    {
        get => transactions[index];
        set => transactions[index] = value;
    }

    public void Add(TransactionState transaction) => transactions.Add(transaction);

    /// <summary>Keeps an event that was taken back, without an effect.</summary>
    public void AddReversed(LoanEvent loanEvent, LoanEventId id, LoanEventKind kind) =>
        Add(
            new TransactionState
            {
                Id = id,
                Kind = kind,
                Source = LoanEventKinds.SourceOf(kind),
                On = loanEvent.On,
                Amount = loanEvent is MoneyEvent money ? money.Amount.MinorUnits : 0,
                IsReversed = true,
            }
        );

    public TransactionState? Find(LoanEventId id) => transactions.Find(one => one.Id == id);

    /// <summary>
    /// Moves the last transaction before reversed ones of its day or later: those are kept without moving to their day,
    /// so an earlier penalty may be decided later.
    /// </summary>
    public void MoveLastBeforeReversed()
    {
        for (var i = transactions.Count - 1; i > 0; i--)
        {
            if (!transactions[i - 1].IsReversed || transactions[i - 1].On < transactions[i].On)
                return;
            (transactions[i - 1], transactions[i]) = (transactions[i], transactions[i - 1]);
        }
    }

    /// <summary>A row was inserted: the numbers of the rows after it grow by one.</summary>
    public void Renumber(int insertedAt)
    {
        foreach (var transaction in transactions)
        foreach (ref var line in transaction.Lines.AsSpan())
            if (line.InstallmentNumber > insertedAt)
                line = line with { InstallmentNumber = line.InstallmentNumber + 1 };
    }

    /// <summary>The rows after one have become part of it.</summary>
    public void EndAt(int lastNumber)
    {
        foreach (var transaction in transactions)
        foreach (ref var line in transaction.Lines.AsSpan())
            if (line.InstallmentNumber > lastNumber)
                line = line with { InstallmentNumber = lastNumber };
    }

    /// <summary>A row has become part of another.</summary>
    public void MoveLines(int fromNumber, int toNumber)
    {
        foreach (var transaction in transactions)
        foreach (ref var line in transaction.Lines.AsSpan())
            if (line.InstallmentNumber == fromNumber)
                line = line with { InstallmentNumber = toNumber };
    }
}
