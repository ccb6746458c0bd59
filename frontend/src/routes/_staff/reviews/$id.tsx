import { createFileRoute } from "@tanstack/react-router";
import { Review } from "@/features/certificates/Review.tsx";
import { ReviewScorecard } from "@/features/governance/ReviewScorecard.tsx";
import { TeachOut } from "@/features/governance/TeachOut.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/reviews/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return (
      <Review
        key={id}
        id={id}
        besides={(review) => (
          <>
            {review.teach_out && <TeachOut reviewId={review.id} isDecided={review.decided_at !== null} />}
            <ReviewScorecard reviewId={review.id} />
          </>
        )}
      />
    );
  },
});
