using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;

namespace CustomerContext.Grains.Customers;

/// <summary>How long answers are, as they leave: the Api forms them, and the record has to say what was in them.</summary>
public interface IAnswerSizes
{
    /// <summary>The facets of <paramref name="answer"/> that fit into <paramref name="room"/> behind the brief. It decides by the answer alone.</summary>
    FacetSet Fitting(LookRequest look, LookAnswer answer, AnswerRoom room);
}
